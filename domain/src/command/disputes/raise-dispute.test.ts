import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import { readStatement } from '../../statement/read-statement.js';
import {
  codeOf,
  disputeRef,
  openingAct,
  raised,
  raising,
  seen,
  statusIn,
} from '../../testing/dispute-stage.js';
import { actEvent, observation, partyCaller, StatementStage, testUcr } from '../../testing/index.js';
import type { Caller } from '../caller.js';

const [importer, broker, carrier, terminal, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('OFFICER1'),
];

describe('RaiseDispute', () => {
  it('records what is disputed, a statement by its signed bytes', () => {
    const { world, statement } = seen();
    const commitment = 'A'.repeat(43);
    const input = { ...raising, event: { statement }, commitment };
    const { writes, policies } = world.play(broker, 'RaiseDispute', input);
    expect(writes).to.deep.equal([`dispute/${testUcr}/BROKER1/d1`, 'request/BROKER1/d1']);
    expect(policies).to.deep.equal({});
    const { header, statementId } = readStatement(statement);
    expect(world.get(keys.dispute(testUcr, 'BROKER1', 'd1'))).to.deep.equal({
      v: 1,
      ...disputeRef,
      event: { statement: { kid: header.kid, seq: 1, id: statementRecordOf(statementId).id } },
      reason: 'the goods are others',
      commitment,
      raisedAt: world.now(),
    });
  });

  it('records an act by who did it and under which request id', () => {
    const world = raised();
    expect(world.get(keys.dispute(testUcr, 'BROKER1', 'd1'))?.event).to.deep.equal({
      act: { by: 'IMPORTER1', requestId: 'open-1', command: 'OpenShipment' },
    });
    expect(statusIn(world)).to.equal('open');
  });

  it('leaves everything else as it is', () => {
    const { world } = new StatementStage();
    const before = world.get(keys.custody(testUcr));
    world.play(importer, 'RaiseDispute', raising);
    expect(world.get(keys.custody(testUcr))).to.deep.equal(before);
  });

  it('is for parties of the consignment: named, custodian, or earlier custodian; not for customs', () => {
    const { world } = new StatementStage();
    for (const stranger of [terminal, officer]) {
      expect(codeOf(world, stranger, 'RaiseDispute', raising)).to.equal('NOT_NAMED');
    }
    world.play(carrier, 'RaiseDispute', raising);
    world.play(carrier, 'NameParty', {
      requestId: 'n',
      ucr: testUcr,
      partyId: 'TERMINAL1',
      role: 'terminal_operator',
    });
    world.play(terminal, 'RaiseDispute', raising);
  });

  it('is for whoever had the goods by the handover that it names', () => {
    const { world } = new StatementStage();
    const expiresAt = '2026-02-01T00:00:00.000Z';
    const offer = { requestId: 'o', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS', expiresAt };
    world.play(carrier, 'OfferHandover', offer);
    const about = { ...raising, handover: 1 };
    expect(codeOf(world, terminal, 'RaiseDispute', about)).to.equal('NOT_NAMED');
    world.play(terminal, 'AcceptHandover', { requestId: 'acc', ucr: testUcr, handover: 1 });
    expect(codeOf(world, carrier, 'RaiseDispute', raising)).to.equal('NOT_NAMED');
    expect(codeOf(world, officer, 'RaiseDispute', about)).to.equal('NOT_NAMED');
    expect(codeOf(world, carrier, 'RaiseDispute', { ...raising, handover: 2 })).to.equal('NOT_NAMED');
    const accepted = { act: { by: 'TERMINAL1', requestId: 'acc' } };
    const { writes } = world.play(carrier, 'RaiseDispute', { ...about, event: accepted });
    expect(writes).to.deep.equal([`dispute/${testUcr}/CARRIER1/d1`, 'request/CARRIER1/d1']);
  });

  it('is for whoever had taken the goods over and handed them on since', () => {
    const { world } = new StatementStage();
    const hand = (from: Caller, to: Caller, handover: number): void => {
      const about = { ucr: testUcr };
      const partyId = to.partyId ?? '';
      world.play(from, 'OfferHandover', { requestId: `o-${partyId}`, ...about, to: partyId, place: 'KRPUS' });
      world.play(to, 'AcceptHandover', { requestId: `a-${partyId}`, ...about, handover });
    };
    hand(carrier, terminal, 1);
    hand(terminal, officer, 2);
    world.play(terminal, 'RaiseDispute', { ...raising, handover: 1 });
  });

  it('refuses what is not there', () => {
    const { stage, world, statement } = seen();
    const other = stage.device('CARRIER1').next(actEvent(observation(), testUcr));
    const twin = stage.device('TERMINAL1').statement({ seq: 1, payload: observation() });
    for (const [changes, code] of [
      [{ ucr: '6KRIMPORTER1-NEVER' }, 'SHIPMENT_UNKNOWN'],
      [{ event: { act: { by: 'IMPORTER1', requestId: 'never' } } }, 'ACT_UNKNOWN'],
      [{ event: { statement: other } }, 'STATEMENT_UNKNOWN'],
      [{ event: { statement: twin } }, 'STATEMENT_UNKNOWN'],
      [{ event: { statement: 'no JWS' } }, 'INVALID_STATEMENT'],
      [{ event: {} }, 'INVALID_FIELD'],
      [{ event: { statement, ...openingAct } }, 'INVALID_FIELD'],
      [{ reason: '' }, 'INVALID_FIELD'],
      [{ commitment: 'in clear' }, 'INVALID_FIELD'],
    ] as const) {
      const input = { ...raising, ...changes };
      expect(codeOf(world, broker, 'RaiseDispute', input), JSON.stringify(changes)).to.equal(code);
    }
  });
});
