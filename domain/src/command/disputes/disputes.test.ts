import { expect } from 'chai';
import {
  disputeStages,
  disputeStatus,
  disputeSteps,
  requireStep,
  speaksAgainst,
} from '../../dispute/dispute.js';
import type { DisputeRecord, RulingRecord } from '../../dispute/dispute-record.js';
import { isForged } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import type { JsonObject } from '../../json/value.js';
import { encodeRecord } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import { readStatement } from '../../statement/read-statement.js';
import {
  actEvent,
  observation,
  partyCaller,
  shipmentInput,
  StatementStage,
  testUcr,
  type TestWorld,
} from '../../testing/index.js';
import type { Caller } from '../caller.js';

const [importer, broker, carrier, terminal, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('OFFICER1'),
];

const theAct = { act: { by: 'IMPORTER1', requestId: 'open-1' } };
const raising = { requestId: 'd1', ucr: testUcr, event: theAct, reason: 'the goods are others' };
const ref = { ucr: testUcr, disputant: 'BROKER1', dispute: 'd1' };
const answer = { requestId: 'a1', ...ref, finding: 'dismissed', text: 'weighed twice' };
const ruling = { requestId: 'r1', ...ref, finding: 'upheld', text: 'the scan shows it' };
const withdrawal = { requestId: 'w1', ucr: testUcr, dispute: 'd1', reason: 'my mistake' };

/** A world with a shipment, and a statement of the terminal's device about it. */
function seen(): { readonly stage: StatementStage; readonly world: TestWorld; readonly statement: string } {
  const stage = new StatementStage();
  const statement = stage.device('TERMINAL1').next(actEvent(observation(), testUcr));
  stage.world.play(terminal, 'RecordStatements', { statements: [statement] });
  return { stage, world: stage.world, statement };
}

function raised(): TestWorld {
  const { world } = new StatementStage();
  world.play(broker, 'RaiseDispute', raising);
  return world;
}

function statusIn(world: TestWorld): string {
  const record = world.get(keys.dispute(testUcr, 'BROKER1', 'd1'));
  const word = world.get(keys.ruling(testUcr, 'BROKER1', 'd1'));
  return record === undefined ? 'none' : disputeStatus(record, word);
}

function codeOf(world: TestWorld, caller: Caller, name: string, input: JsonObject): string {
  return world.refusal(caller, name, { ...input, requestId: 'never' }).code;
}

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
      ...ref,
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
      [{ event: { statement, ...theAct } }, 'INVALID_FIELD'],
      [{ reason: '' }, 'INVALID_FIELD'],
      [{ commitment: 'in clear' }, 'INVALID_FIELD'],
    ] as const) {
      const input = { ...raising, ...changes };
      expect(codeOf(world, broker, 'RaiseDispute', input), JSON.stringify(changes)).to.equal(code);
    }
  });

  it('refuses what is about another consignment', () => {
    const { stage, world } = seen();
    const ucr = '6KRIMPORTER1-OTHER';
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr }));
    const elsewhere = stage.device('TERMINAL1').next(actEvent(observation(), ucr));
    world.play(terminal, 'RecordStatements', { statements: [elsewhere] });
    for (const event of [
      { statement: elsewhere },
      { act: { by: 'IMPORTER1', requestId: 'open-2' } },
      { act: { by: 'TERMINAL1', requestId: 'device-TERMINAL1' } },
    ]) {
      const refusal = world.refusal(broker, 'RaiseDispute', { ...raising, event });
      expect(refusal.code).to.equal('NOT_ABOUT_SHIPMENT');
      expect(refusal.details['pointer']).to.match(/^\/event\/(?:statement|act)$/);
    }
  });

  it('refuses an act whose declaration or document is of another consignment, or of none', () => {
    const { world } = new StatementStage();
    const ucr = '6KRIMPORTER1-OTHER';
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr }));
    const line = { hs: '847130', hsEdition: '2017', origin: 'CN', packages: 1, quantity: 1 };
    const lines = [{ ...line, unit: { uom: 'KGM', decimals: 0 } }];
    const declaration = { declaration: 'BROKER1:1', procedure: 'import', office: 'KRPUS', lines };
    world.play(broker, 'LodgeDeclaration', { requestId: 'l', ucr, ...declaration });
    const facts = { type: '380', issuer: 'SELLER1', number: '7', sha256: 'ab'.repeat(32) };
    world.play(broker, 'AnchorDocument', { requestId: 'x', ucr, document: 'BROKER1:2', ...facts });
    world.play(broker, 'AnchorDocument', { requestId: 'y', document: 'BROKER1:3', ...facts });
    for (const requestId of ['l', 'x', 'y']) {
      const event = { act: { by: 'BROKER1', requestId } };
      expect(codeOf(world, importer, 'RaiseDispute', { ...raising, event }), requestId).to.equal(
        'NOT_ABOUT_SHIPMENT',
      );
    }
  });

  it('finds an act in each consignment that it splits, merges or puts under a master', () => {
    const { world } = new StatementStage();
    const [one, other, whole] = ['6KRIMPORTER1-1', '6KRIMPORTER1-2', '6KRIMPORTER1-3'];
    const ucr = '6KRIMPORTER1-GOODS';
    const goods = ['A', 'B'].map((marks) => ({ hs: '847130', hsEdition: '2017', marks }));
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr, goods }));
    const into = [one, other].map((part, index) => ({ ucr: part, lines: [{ line: index }] }));
    world.play(importer, 'SplitShipment', { requestId: 'split', ucr, into });
    const master = 'CARRIER1:M';
    const facts = { document: '704', carrier: 'CARRIER1', from: 'CNSHA', to: 'KRPUS' };
    world.play(carrier, 'OpenMaster', { requestId: 'm', master, ...facts });
    world.play(carrier, 'ConsolidateHouses', { requestId: 'in', master, houses: [one] });
    world.play(carrier, 'DeconsolidateHouses', { requestId: 'out', master, houses: [one] });
    world.play(importer, 'MergeShipments', { requestId: 'merge', from: [one, other], ucr: whole });
    for (const [of, by, requestId] of [
      [ucr, 'IMPORTER1', 'split'],
      [other, 'IMPORTER1', 'split'],
      [one, 'CARRIER1', 'in'],
      [one, 'CARRIER1', 'out'],
      [one, 'IMPORTER1', 'merge'],
      [whole, 'IMPORTER1', 'merge'],
    ] as const) {
      const dispute = { requestId: `d-${of}-${requestId}`, ucr: of, event: { act: { by, requestId } } };
      expect(world.play(broker, 'RaiseDispute', { ...raising, ...dispute }).writes).to.have.length(2);
    }
    const event = { act: { by: 'CARRIER1', requestId: 'in' } };
    expect(codeOf(world, broker, 'RaiseDispute', { ...raising, ucr: other, event })).to.equal(
      'NOT_ABOUT_SHIPMENT',
    );
  });

  it('finds an act by the declaration, the document or the unit that its result names', () => {
    const stage = new StatementStage();
    const { world } = stage;
    const container = 'urn:epc:id:bic:CSQU3054383';
    const packing = { type: 'AggregationEvent', action: 'ADD', parentID: container };
    stage.record('CARRIER1', actEvent({ ...packing, childEPCs: [`urn:passage:ucr:${testUcr}`] }, testUcr));
    const unit = 'container:CSQU3054383';
    world.play(carrier, 'FitSeal', {
      requestId: 'f',
      unit,
      seal: 'KR1',
      ucr: testUcr,
      type: 'BLT',
      source: 'CAR',
    });
    const line = { hs: '847130', hsEdition: '2017', origin: 'CN', packages: 1, quantity: 1 };
    const lines = [{ ...line, unit: { uom: 'KGM', decimals: 0 } }];
    const declaration = { declaration: 'BROKER1:1', procedure: 'import', office: 'KRPUS', lines };
    world.play(broker, 'LodgeDeclaration', { requestId: 'l', ucr: testUcr, ...declaration });
    const document = { document: 'BROKER1:2', type: '380', issuer: 'SELLER1', number: '7' };
    const sha256 = 'ab'.repeat(32);
    world.play(broker, 'AnchorDocument', { requestId: 'x', ucr: testUcr, ...document, sha256 });
    for (const [by, requestId] of [
      ['CARRIER1', 'f'],
      ['BROKER1', 'l'],
      ['BROKER1', 'x'],
    ] as const) {
      const dispute = `d-${requestId}`;
      world.play(importer, 'RaiseDispute', {
        ...raising,
        requestId: dispute,
        event: { act: { by, requestId } },
      });
      expect(world.get(keys.dispute(testUcr, 'IMPORTER1', dispute)), requestId).to.not.equal(undefined);
    }
  });
});

describe('AnswerDispute', () => {
  it("writes the custodian's answer into the dispute", () => {
    const world = raised();
    const { writes } = world.play(carrier, 'AnswerDispute', answer);
    expect(writes).to.deep.equal([`dispute/${testUcr}/BROKER1/d1`, 'request/CARRIER1/a1']);
    expect(world.get(keys.dispute(testUcr, 'BROKER1', 'd1'))?.answer).to.deep.equal({
      finding: 'dismissed',
      by: 'CARRIER1',
      at: world.now(),
      text: 'weighed twice',
    });
    expect(statusIn(world)).to.equal('dismissed');
  });

  it('is for the custodian, who has not raised it, once, and with grounds', () => {
    const world = raised();
    expect(codeOf(world, importer, 'AnswerDispute', answer)).to.equal('NOT_CUSTODIAN');
    expect(codeOf(world, carrier, 'AnswerDispute', { ...answer, dispute: 'd9' })).to.equal('DISPUTE_UNKNOWN');
    expect(codeOf(world, carrier, 'AnswerDispute', { ...answer, finding: 'maybe' })).to.equal(
      'INVALID_FIELD',
    );
    const { text, ...silent } = answer;
    const refusal = world.refusal(carrier, 'AnswerDispute', silent);
    expect(refusal.details['violations']).to.deep.equal([
      { pointer: '/text', code: 'MISSING', message: 'must be there, or a commitment' },
    ]);
    world.play(carrier, 'RaiseDispute', raising);
    const own = { ...answer, disputant: 'CARRIER1' };
    expect(codeOf(world, carrier, 'AnswerDispute', own)).to.equal('OWN_DISPUTE');
    world.play(carrier, 'AnswerDispute', { ...silent, commitment: 'A'.repeat(43) });
    expect(text).to.equal('weighed twice');
    expect(codeOf(world, carrier, 'AnswerDispute', answer)).to.equal('DISPUTE_CLOSED');
  });
});

describe('RuleOnDispute', () => {
  it("writes customs' own key with its policy, over the custodian's answer", () => {
    const world = raised();
    world.play(carrier, 'AnswerDispute', answer);
    const { writes, policies } = world.play(officer, 'RuleOnDispute', ruling);
    const key = keys.ruling(testUcr, 'BROKER1', 'd1');
    expect(writes).to.deep.equal(['guard/CustomsMSP', 'request/OFFICER1/r1', key]);
    expect(policies).to.deep.equal({ [key]: customsPolicy('CustomsMSP') });
    const record = world.get(key);
    expect(record).to.deep.equal({
      v: 1,
      ...ref,
      finding: 'upheld',
      by: 'OFFICER1',
      role: 'customs_officer',
      at: world.now(),
      text: 'the scan shows it',
    });
    expect(statusIn(world)).to.equal('upheld');
    const bytes = record && encodeRecord(record);
    expect(bytes && isForged(key, bytes, ['PortMSP', 'BusinessMSP'])).to.equal(true);
    expect(bytes && isForged(key, bytes, ['CustomsMSP', 'PortMSP'])).to.equal(false);
  });

  it('is for customs, once, with grounds, and for no party to the consignment', () => {
    const world = raised();
    expect(codeOf(world, carrier, 'RuleOnDispute', ruling)).to.equal('ROLE_NOT_HELD');
    expect(codeOf(world, officer, 'RuleOnDispute', { ...ruling, disputant: 'SELLER1' })).to.equal(
      'DISPUTE_UNKNOWN',
    );
    const { text, ...silent } = ruling;
    expect(codeOf(world, officer, 'RuleOnDispute', silent), text).to.equal('INVALID_FIELD');
    world.play(officer, 'RuleOnDispute', ruling);
    expect(codeOf(world, officer, 'RuleOnDispute', ruling)).to.equal('DISPUTE_CLOSED');
    expect(codeOf(world, carrier, 'AnswerDispute', answer)).to.equal('DISPUTE_CLOSED');
    expect(codeOf(world, broker, 'WithdrawDispute', withdrawal)).to.equal('DISPUTE_CLOSED');
  });

  it('is for no officer who has the goods or has raised the dispute', () => {
    const { world } = new StatementStage();
    const ucr = '6KRIMPORTER1-OTHER';
    const other = { requestId: 'open-2', ucr, custodian: 'OFFICER1' };
    world.play(importer, 'OpenShipment', shipmentInput(other));
    const event = { act: { by: 'IMPORTER1', requestId: 'open-2' } };
    world.play(broker, 'RaiseDispute', { ...raising, ucr, event });
    world.play(officer, 'RaiseDispute', { ...raising, ucr, event });
    expect(codeOf(world, officer, 'RuleOnDispute', { ...ruling, ucr })).to.equal('OWN_CONSIGNMENT');
    const own = { ...ruling, ucr, disputant: 'OFFICER1' };
    expect(codeOf(world, officer, 'RuleOnDispute', own)).to.equal('OWN_DISPUTE');
  });
});

describe('WithdrawDispute', () => {
  it('takes the dispute back and keeps what was said', () => {
    const world = raised();
    const { writes } = world.play(broker, 'WithdrawDispute', withdrawal);
    expect(writes).to.deep.equal([`dispute/${testUcr}/BROKER1/d1`, 'request/BROKER1/w1']);
    const record = world.get(keys.dispute(testUcr, 'BROKER1', 'd1'));
    expect(record?.reason).to.equal('the goods are others');
    expect(record?.withdrawn).to.deep.equal({ at: world.now(), reason: 'my mistake' });
    expect(statusIn(world)).to.equal('withdrawn');
    expect(codeOf(world, officer, 'RuleOnDispute', ruling)).to.equal('DISPUTE_CLOSED');
  });

  it('is for the disputant, before the answer', () => {
    const world = raised();
    expect(codeOf(world, importer, 'WithdrawDispute', withdrawal)).to.equal('DISPUTE_UNKNOWN');
    world.play(carrier, 'AnswerDispute', answer);
    expect(codeOf(world, broker, 'WithdrawDispute', withdrawal)).to.equal('DISPUTE_CLOSED');
  });
});

describe('the stages of a dispute', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const open: DisputeRecord = {
    v: 1,
    ...ref,
    event: { act: { by: 'IMPORTER1', requestId: 'open-1', command: 'OpenShipment' } },
    reason: 'r',
    raisedAt: at,
  };
  const said = { finding: 'dismissed', by: 'CARRIER1', at } as const;
  const word: RulingRecord = { v: 1, ...ref, finding: 'upheld', by: 'OFFICER1', role: 'customs_officer', at };
  const cells = {
    open: [open, undefined, ['answer', 'rule', 'withdraw'], 'open', true],
    answered: [{ ...open, answer: said }, undefined, ['rule'], 'dismissed', false],
    ruled: [{ ...open, answer: said }, word, [], 'upheld', true],
    withdrawn: [{ ...open, withdrawn: { at, reason: 'w' } }, undefined, [], 'withdrawn', false],
  } as const;

  for (const stage of disputeStages) {
    const [dispute, ruled, taken, status, against] = cells[stage];
    it(`${stage}: stands as ${status} and takes ${taken.join(', ') || 'no step'}`, () => {
      expect(disputeStatus(dispute, ruled)).to.equal(status);
      expect(speaksAgainst(status)).to.equal(against);
      for (const step of disputeSteps) {
        const go = (): void => {
          requireStep(dispute, ruled, step);
        };
        if ((taken as readonly string[]).includes(step)) expect(go).to.not.throw();
        else expect(go, step).to.throw().with.property('code', 'DISPUTE_CLOSED');
      }
    });
  }
});
