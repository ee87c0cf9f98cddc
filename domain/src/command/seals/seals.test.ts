import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  actEvent,
  partyCaller,
  shipmentInput,
  StatementStage,
  testUcr,
  type CastMember,
} from '../../testing/index.js';

const unit = 'container:CSQU3054383';
const uri = 'urn:epc:id:bic:CSQU3054383';
const about = { unit, ucr: testUcr };
const key = keys.seal(unit, 'KR1');

/** The test shipment lies in the container, in the carrier's custody. */
function packed(): StatementStage {
  const stage = new StatementStage();
  const members = { parentID: uri, childEPCs: [`urn:passage:ucr:${testUcr}`] };
  stage.record('CARRIER1', actEvent({ type: 'AggregationEvent', action: 'ADD', ...members }));
  return stage;
}

let requests = 0;

function act(
  stage: StatementStage,
  name: string,
  input: JsonObject,
  by: CastMember = 'CARRIER1',
): readonly string[] {
  requests += 1;
  const request = { requestId: `s-${String(requests)}`, ...about, ...input };
  return stage.world.play(partyCaller(by), name, request).writes;
}

function refused(
  stage: StatementStage,
  name: string,
  input: JsonObject,
  by: CastMember = 'CARRIER1',
): string {
  const request = { requestId: 'refused', ...about, ...input };
  return stage.world.refusal(partyCaller(by), name, request).code;
}

function sealed(): StatementStage {
  const stage = packed();
  act(stage, 'FitSeal', { seal: 'KR1', source: 'SHI', type: 'BLT' });
  return stage;
}

function sealing(action: 'ADD' | 'DELETE', ...seals: readonly string[]): JsonObject {
  return actEvent({ type: 'AssociationEvent', action, parentID: uri, childEPCs: [...seals] }, testUcr);
}

describe('seals by commands', () => {
  it('are fitted, with what is known of them, by whoever has goods inside, and shown by a device', () => {
    const stage = packed();
    const { kid } = stage.device('CARRIER1');
    const writes = act(stage, 'FitSeal', {
      seal: 'KR1',
      source: 'SHI',
      type: 'BLT',
      witness: { kid, seq: 1 },
    });
    expect(writes).to.deep.equal([`request/CARRIER1/s-${String(requests)}`, `seal/${unit}/KR1`]);
    expect(stage.world.get(key)).to.deep.equal({
      v: 1,
      unit,
      seal: 'KR1',
      kind: 'seal',
      source: 'SHI',
      type: 'BLT',
      status: 'fitted',
      fitted: {
        at: stage.world.now(),
        by: 'CARRIER1',
        kid,
        statement: stage.world.get(keys.statement(kid, 1))?.id,
      },
    });
  });

  it('are opened and removed, with the reason', () => {
    const stage = sealed();
    act(stage, 'OpenSeal', { seal: 'KR1', reason: 'inspection' });
    expect(stage.world.get(key)).to.deep.include({
      status: 'opened',
      opened: { at: stage.world.now(), by: 'CARRIER1', reason: 'inspection' },
    });
    expect(refused(stage, 'OpenSeal', { seal: 'KR1', reason: 'again' })).to.equal('SEAL_OPENED');
    act(stage, 'RemoveSeal', { seal: 'KR1', reason: 'unloading' });
    expect(stage.world.get(key)?.status).to.equal('removed');
    for (const name of ['OpenSeal', 'RemoveSeal']) {
      expect(refused(stage, name, { seal: 'KR1', reason: 'again' })).to.equal('SEAL_REMOVED');
    }
    expect(refused(stage, 'CheckSeal', { seal: 'KR1', finding: 'intact' })).to.equal('SEAL_REMOVED');
    expect(refused(stage, 'FitSeal', { seal: 'KR1' })).to.equal('SEAL_USED');
  });

  it('are replaced in one act, which writes both', () => {
    const stage = sealed();
    const writes = act(stage, 'ReplaceSeal', { seal: 'KR1', by: 'KR2', reason: 'damaged', type: 'WIR' });
    expect(writes.slice(1)).to.deep.equal([`seal/${unit}/KR1`, `seal/${unit}/KR2`]);
    expect(stage.world.get(key)).to.include({ status: 'removed', replacedBy: 'KR2' });
    expect(stage.world.get(keys.seal(unit, 'KR2'))).to.include({
      status: 'fitted',
      replaces: 'KR1',
      type: 'WIR',
    });
    expect(refused(stage, 'ReplaceSeal', { seal: 'KR2', by: 'KR2', reason: 'x' })).to.equal('INVALID_FIELD');
    expect(refused(stage, 'ReplaceSeal', { seal: 'KR2', by: 'KR1', reason: 'x' })).to.equal('SEAL_USED');
  });

  it('are checked without a change to the seal, by a key of the check', () => {
    const stage = sealed();
    const before = stage.world.get(key);
    const writes = act(stage, 'CheckSeal', { seal: 'KR1', finding: 'other_number' }, 'OFFICER1');
    const check = `s-${String(requests)}`;
    expect(writes).to.deep.equal([`request/OFFICER1/${check}`, `sealcheck/${unit}/KR1/OFFICER1/${check}`]);
    expect(stage.world.get(key)).to.deep.equal(before);
    expect(stage.world.get(keys.sealcheck(unit, 'KR1', 'OFFICER1', check))).to.deep.include({
      finding: 'other_number',
      step: { at: stage.world.now(), by: 'OFFICER1', customs: true },
    });
  });

  it('are the business of whoever has goods inside, and of customs', () => {
    const fitting = { seal: 'KR1' };
    expect(refused(packed(), 'FitSeal', fitting, 'TERMINAL1')).to.equal('NOT_CUSTODIAN');
    expect(refused(new StatementStage(), 'FitSeal', fitting)).to.equal('NOT_INSIDE');
    expect(refused(packed(), 'FitSeal', { ...fitting, unit: 'container:MWCU6059784' })).to.equal(
      'NOT_INSIDE',
    );
    expect(refused(packed(), 'FitSeal', { ...fitting, ucr: '6KRIMPORTER1-NONE' })).to.equal(
      'SHIPMENT_UNKNOWN',
    );
    expect(refused(packed(), 'OpenSeal', { seal: 'KR9', reason: 'x' })).to.equal('SEAL_UNKNOWN');
    const { kid } = packed().device('CARRIER1');
    expect(refused(packed(), 'FitSeal', { ...fitting, witness: { kid, seq: 9 } })).to.equal(
      'STATEMENT_UNKNOWN',
    );
    act(packed(), 'FitSeal', fitting, 'OFFICER1');
  });

  for (const [name, input] of [
    ['CheckSeal', { finding: 'intact' }],
    ['OpenSeal', { reason: 'x' }],
    ['RemoveSeal', { reason: 'x' }],
    ['ReplaceSeal', { by: 'KR2', reason: 'x' }],
  ] as const) {
    it(`${name} is for nobody who has nothing inside`, () => {
      const stage = sealed();
      const about = { seal: 'KR1', ...input };
      expect(refused(stage, name, about, 'TERMINAL1')).to.equal('NOT_CUSTODIAN');
      stage.record(
        'CARRIER1',
        actEvent({ type: 'AggregationEvent', action: 'DELETE', parentID: uri }, testUcr),
      );
      expect(refused(stage, name, about)).to.equal('NOT_INSIDE');
    });
  }

  it('are fitted no more once the consignment goes on in others, and come off', () => {
    const stage = sealed();
    const ucr = '6KRIMPORTER1-OTHER';
    const importer = partyCaller('IMPORTER1');
    stage.world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr }));
    const merge = { requestId: 'm', from: [testUcr, ucr], ucr: '6KRIMPORTER1-WHOLE' };
    stage.world.play(importer, 'MergeShipments', merge);
    expect(refused(stage, 'FitSeal', { seal: 'KR2' })).to.equal('SHIPMENT_ENDED');
    const replacement = { seal: 'KR1', by: 'KR2', reason: 'damaged' };
    expect(refused(stage, 'ReplaceSeal', replacement)).to.equal('SHIPMENT_ENDED');
    act(stage, 'CheckSeal', { seal: 'KR1', finding: 'intact' });
    act(stage, 'RemoveSeal', { seal: 'KR1', reason: 'unloading' });
  });

  it('says where a seal that takes another’s place comes from', () => {
    const stage = sealed();
    act(stage, 'ReplaceSeal', { seal: 'KR1', by: 'KR2', reason: 'damaged', source: 'CAR' });
    expect(stage.world.get(keys.seal(unit, 'KR2'))).to.include({ source: 'CAR' });
    act(stage, 'ReplaceSeal', { seal: 'KR2', by: 'KR3', reason: 'damaged' });
    expect(stage.world.get(keys.seal(unit, 'KR3'))).to.have.all.keys(
      'v',
      'unit',
      'seal',
      'kind',
      'status',
      'fitted',
      'replaces',
    );
  });

  it("of customs are customs' alone", () => {
    const stage = packed();
    expect(refused(stage, 'FitSeal', { seal: 'CU1', source: 'CUS' })).to.equal('CUSTOMS_ONLY');
    act(stage, 'FitSeal', { seal: 'CU1', source: 'CUS' }, 'OFFICER1');
    const why = { seal: 'CU1', reason: 'x' };
    expect(refused(stage, 'OpenSeal', why)).to.equal('CUSTOMS_ONLY');
    expect(refused(stage, 'RemoveSeal', why)).to.equal('CUSTOMS_ONLY');
    expect(refused(stage, 'ReplaceSeal', { ...why, by: 'KR5' })).to.equal('CUSTOMS_ONLY');
    const event = sealing('DELETE', 'urn:passage:seal:CU1');
    expect(stage.refused('CARRIER1', event)).to.deep.equal(['0 CUSTOMS_ONLY /payload/childEPCs/0']);
    act(stage, 'RemoveSeal', why, 'OFFICER1');
  });
});

describe('seals in statements', () => {
  it('are fitted and removed by the device that says so', () => {
    const stage = packed();
    const { writes } = stage.record(
      'CARRIER1',
      sealing('ADD', 'urn:passage:seal:KR1', 'urn:passage:tracker:GPS-7'),
    );
    const { kid } = stage.device('CARRIER1');
    expect(writes).to.deep.equal([`seal/${unit}/GPS-7`, `seal/${unit}/KR1`, `statement/${kid}/2`]);
    expect(stage.world.get(keys.seal(unit, 'GPS-7'))).to.include({ kind: 'tracker' });
    expect(stage.world.get(key)?.fitted).to.deep.equal({
      at: stage.world.now(),
      by: 'CARRIER1',
      kid,
      statement: stage.world.get(keys.statement(kid, 2))?.id,
    });
    stage.record('CARRIER1', sealing('DELETE', 'urn:passage:seal:KR1'));
    expect(stage.world.get(key)?.status).to.equal('removed');
  });

  it('are nothing that an event changes which names no unit, no seal, or no consignment', () => {
    const stage = packed();
    const seal = 'urn:passage:seal:KR1';
    const elsewhere = { ...sealing('ADD', seal), parentID: 'urn:epc:id:bic:CSQU3054384' };
    const longer = `${seal}${'1'.repeat(32)}`;
    const about = { parentID: uri, childEPCs: [seal] };
    const fitting = actEvent({ type: 'AssociationEvent', action: 'ADD', ...about });
    const { kid } = stage.device('CARRIER1');
    const events = [elsewhere, sealing('ADD', `x${seal}`, longer, `${seal}/`), fitting];
    const { writes } = stage.record('CARRIER1', ...events);
    expect(writes).to.deep.equal([2, 3, 4].map((seq) => `statement/${kid}/${String(seq)}`));
  });

  it('need one of the consignments that are named in the unit', () => {
    const stage = packed();
    const second = '6KRIMPORTER1-DECL2';
    stage.world.play(
      partyCaller('IMPORTER1'),
      'OpenShipment',
      shipmentInput({ requestId: 'open-2', ucr: second }),
    );
    const children = { parentID: uri, childEPCs: ['urn:passage:seal:KR1'] };
    const event = actEvent({ type: 'AssociationEvent', action: 'ADD', ...children }, second, testUcr);
    expect(stage.record('CARRIER1', event).writes[0]).to.equal(`seal/${unit}/KR1`);
  });

  it('are refused where the unit has nothing of the consignment, or the seal is not as it should be', () => {
    const fitting = sealing('ADD', 'urn:passage:seal:KR1');
    expect(new StatementStage().refused('CARRIER1', fitting)).to.deep.equal([
      '0 NOT_INSIDE /payload/bizTransactionList',
    ]);
    const removal = sealing('DELETE', 'urn:passage:seal:KR1');
    expect(packed().refused('CARRIER1', removal)).to.deep.equal(['0 SEAL_UNKNOWN /payload/childEPCs/0']);
    expect(packed().refused('CARRIER1', fitting, fitting)).to.deep.equal([
      '1 SEAL_USED /payload/childEPCs/0',
    ]);
    const many = Array.from({ length: 9 }, (_, index) => `urn:passage:seal:KR${String(index)}`);
    packed().record('CARRIER1', sealing('ADD', ...many.slice(1)));
    expect(packed().refused('CARRIER1', sealing('ADD', ...many))).to.deep.equal([
      '0 TOO_LARGE /payload/childEPCs',
    ]);
  });
});
