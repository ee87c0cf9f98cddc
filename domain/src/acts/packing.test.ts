import { expect } from 'chai';
import { gs1CheckDigit } from '../identifiers/index.js';
import type { JsonObject } from '../json/value.js';
import { keys } from '../state/keys.js';
import { actEvent, partyCaller, shipmentInput, StatementStage, testUcr } from '../testing/index.js';

const goods = `urn:passage:ucr:${testUcr}`;
const [box, otherBox] = ['container:CSQU3054383', 'container:MWCU6059784'];
const [boxUri, palletUri, shipUri] = [
  'urn:epc:id:bic:CSQU3054383',
  'urn:epc:id:sscc:4012345.0000000111',
  'urn:epc:id:imovn:9176187',
];
const pallet = 'sscc:040123450000001112';
const neighbour = '6KRIMPORTER1-DECL2';

function aggregation(
  action: 'ADD' | 'DELETE',
  parentID: string,
  members: JsonObject,
  ...ucrs: string[]
): JsonObject {
  return actEvent({ type: 'AggregationEvent', action, parentID, ...members }, ...ucrs);
}

/** So many packages of the test shipment into or out of a unit. */
function counted(action: 'ADD' | 'DELETE', quantity: number, parentID = boxUri): JsonObject {
  return aggregation(action, parentID, { childQuantityList: [{ epcClass: goods, quantity }] });
}

const whole = { childEPCs: [goods] };

describe('packing', () => {
  it('writes one record for the unit and the consignment, beside the statement', () => {
    const stage = new StatementStage();
    const { writes } = stage.record('CARRIER1', aggregation('ADD', boxUri, whole));
    const { kid } = stage.device('CARRIER1');
    expect(writes).to.deep.equal([`containment/${box}/${testUcr}`, `statement/${kid}/1`]);
    expect(stage.world.get(keys.containment(box, testUcr))).to.deep.equal({
      v: 1,
      unit: box,
      ucr: testUcr,
      goods: {},
      at: stage.world.now(),
      by: 'CARRIER1',
    });
  });

  it('reads custody, containment and standing of exactly what the event names', () => {
    const stage = new StatementStage();
    const { reads } = stage.record('CARRIER1', aggregation('ADD', boxUri, whole));
    expect(reads.slice(4)).to.deep.equal([
      `custody/${testUcr}`,
      `containment/${box}/${testUcr}`,
      `customs/${testUcr}`,
      `shipment/${testUcr}`,
    ]);
  });

  it('adds counted packages up, and takes them out again', () => {
    const stage = new StatementStage();
    stage.record('CARRIER1', counted('ADD', 10), counted('ADD', 5));
    expect(stage.world.get(keys.containment(box, testUcr))?.goods).to.deep.equal({ packages: 15 });
    stage.record('CARRIER1', counted('DELETE', 6));
    expect(stage.world.get(keys.containment(box, testUcr))?.goods).to.deep.equal({ packages: 9 });
    expect(stage.refused('CARRIER1', counted('DELETE', 10))).to.deep.equal([
      '0 NOT_INSIDE /payload/childQuantityList/0',
    ]);
    stage.record('CARRIER1', counted('DELETE', 9));
    expect(stage.world.get(keys.containment(box, testUcr))).not.to.have.property('goods');
    expect(stage.refused('CARRIER1', counted('DELETE', 1))[0]).to.contain('NOT_INSIDE');
  });

  it('puts what lies in a unit uncounted in no second time, but into another unit', () => {
    const stage = new StatementStage();
    stage.record('CARRIER1', aggregation('ADD', boxUri, whole));
    expect(stage.refused('CARRIER1', aggregation('ADD', boxUri, whole))).to.deep.equal([
      '0 ALREADY_INSIDE /payload/childEPCs/0',
    ]);
    expect(stage.refused('CARRIER1', counted('ADD', 5))[0]).to.contain('ALREADY_INSIDE');
    stage.record('CARRIER1', aggregation('ADD', 'urn:epc:id:bic:MWCU6059784', whole));
    expect(stage.world.get(keys.containment(otherBox, testUcr))?.goods).to.deep.equal({});
  });

  it('takes packages of an uncounted lot out only as a whole', () => {
    const stage = new StatementStage();
    stage.record('CARRIER1', aggregation('ADD', boxUri, whole));
    expect(stage.refused('CARRIER1', counted('DELETE', 1))[0]).to.contain('NOT_INSIDE');
    stage.record('CARRIER1', aggregation('DELETE', boxUri, {}, testUcr));
    expect(stage.world.get(keys.containment(box, testUcr))).not.to.have.property('goods');
  });

  it('puts units into units, with the consignments that travel in them, and takes them out', () => {
    const stage = new StatementStage();
    const load = (action: 'ADD' | 'DELETE', parent: string, child: string): JsonObject =>
      aggregation(action, parent, { childEPCs: [child] }, testUcr);
    stage.record('CARRIER1', counted('ADD', 4, palletUri), load('ADD', boxUri, palletUri));
    const { writes } = stage.record('CARRIER1', load('ADD', shipUri, boxUri));
    expect(writes.slice(0, 2)).to.deep.equal([
      `containment/${box}/${testUcr}`,
      `containment/ship:9176187/${testUcr}`,
    ]);
    const { world } = stage;
    expect(world.get(keys.containment(pallet, testUcr))).to.include({ within: box });
    expect(world.get(keys.containment(box, testUcr))).to.include({ within: 'ship:9176187', carries: true });
    expect(stage.refused('CARRIER1', load('ADD', shipUri, boxUri))).to.deep.equal([
      '0 ALREADY_INSIDE /payload/childEPCs/0',
    ]);
    stage.record('CARRIER1', load('DELETE', shipUri, boxUri));
    expect(world.get(keys.containment(box, testUcr))).not.to.have.property('within');
    expect(stage.refused('CARRIER1', load('DELETE', shipUri, boxUri))[0]).to.contain('NOT_INSIDE');
  });

  it('moves a unit only with what is in it, and never into a smaller one', () => {
    const stage = new StatementStage();
    const load = aggregation('ADD', shipUri, { childEPCs: [boxUri] }, testUcr);
    expect(stage.refused('CARRIER1', load)).to.deep.equal(['0 NOT_INSIDE /payload/childEPCs/0']);
    stage.record('CARRIER1', aggregation('ADD', boxUri, whole));
    const upsideDown = aggregation('ADD', palletUri, { childEPCs: [boxUri] }, testUcr);
    expect(stage.refused('CARRIER1', upsideDown)).to.deep.equal(['0 UNIT_CANNOT_CARRY /payload/childEPCs/0']);
  });

  it('leaves the neighbours in the same container alone', () => {
    const stage = new StatementStage();
    const input = shipmentInput({ requestId: 'open-2', ucr: neighbour, custodian: 'TERMINAL1' });
    stage.world.play(partyCaller('IMPORTER1'), 'OpenShipment', input);
    stage.record('CARRIER1', aggregation('ADD', boxUri, whole));
    stage.record('TERMINAL1', aggregation('ADD', boxUri, { childEPCs: [`urn:passage:ucr:${neighbour}`] }));
    const load = aggregation('ADD', shipUri, { childEPCs: [boxUri] }, neighbour);
    const { writes } = stage.record('TERMINAL1', load);
    expect(writes.filter((key) => key.endsWith(testUcr))).to.deep.equal([]);
    const both = aggregation('ADD', shipUri, { childEPCs: [boxUri] }, testUcr, neighbour);
    expect(stage.refused('CARRIER1', both)).to.deep.equal(['0 NOT_CUSTODIAN /payload/bizTransactionList']);
  });

  it('takes along, of the consignments that are named, those that are in the unit', () => {
    const stage = new StatementStage();
    stage.world.play(
      partyCaller('IMPORTER1'),
      'OpenShipment',
      shipmentInput({ requestId: 'open-2', ucr: neighbour }),
    );
    stage.record('CARRIER1', counted('ADD', 4, palletUri));
    const load = (action: 'ADD' | 'DELETE'): JsonObject =>
      aggregation(action, boxUri, { childEPCs: [palletUri] }, neighbour, testUcr);
    for (const action of ['ADD', 'DELETE'] as const) {
      const { writes } = stage.record('CARRIER1', load(action));
      expect(
        writes.filter((key) => key.endsWith(neighbour)),
        action,
      ).to.deep.equal([]);
      expect(writes).to.include(`containment/${pallet}/${testUcr}`);
    }
  });

  it('takes a unit out of the one that it lies in, with the consignments that lie there', () => {
    const stage = new StatementStage();
    stage.world.play(
      partyCaller('IMPORTER1'),
      'OpenShipment',
      shipmentInput({ requestId: 'open-2', ucr: neighbour }),
    );
    const other = { childQuantityList: [{ epcClass: `urn:passage:ucr:${neighbour}`, quantity: 5 }] };
    const load = (action: 'ADD' | 'DELETE', ...ucrs: string[]): JsonObject =>
      aggregation(action, boxUri, { childEPCs: [palletUri] }, ...ucrs);
    stage.record('CARRIER1', counted('ADD', 4, palletUri), aggregation('ADD', palletUri, other));
    // Only one of the two is known to have gone into the container with the pallet.
    stage.record('CARRIER1', load('ADD', testUcr));
    const { writes } = stage.record('CARRIER1', load('DELETE', testUcr, neighbour));
    expect(writes.filter((key) => key.endsWith(neighbour))).to.deep.equal([]);
  });

  it('moves nothing on the ledger where no consignment is named, and nothing is in it', () => {
    const stage = new StatementStage();
    const empty = aggregation('ADD', shipUri, { childEPCs: [boxUri] });
    expect(stage.record('CARRIER1', empty).writes).to.have.length(1);
  });

  it('does not hide consignments in what the ledger does not know', () => {
    const stage = new StatementStage();
    const odd = aggregation('ADD', 'urn:epc:id:bic:CSQU3054384', whole);
    expect(stage.refused('CARRIER1', odd)).to.deep.equal(['0 INVALID_IDENTIFIER /payload/parentID']);
    const inUnits = aggregation('ADD', 'urn:epc:id:bic:CSQU3054384', { childEPCs: [palletUri] }, testUcr);
    expect(stage.refused('CARRIER1', inUnits)).to.deep.equal(['0 INVALID_IDENTIFIER /payload/parentID']);
    // A unit without goods, or goods of nobody, are its device's word alone.
    const bare = aggregation('ADD', 'urn:epc:id:bic:CSQU3054384', { childEPCs: [palletUri] });
    const nobody = aggregation('DELETE', 'urn:epc:id:bic:CSQU3054384', {}, testUcr);
    expect(stage.record('CARRIER1', bare, nobody).writes).to.have.length(2);
  });

  it('counts packages in whole numbers', () => {
    const stage = new StatementStage();
    const kilos = { childQuantityList: [{ epcClass: goods, quantity: 1.5, uom: 'KGM' }] };
    expect(stage.refused('CARRIER1', aggregation('ADD', boxUri, kilos))).to.deep.equal([
      '0 INVALID_FIELD /payload/childQuantityList/0',
    ]);
  });

  it('is refused while the goods are held, in and out; observations are not', () => {
    const stage = new StatementStage();
    stage.record('CARRIER1', counted('ADD', 5));
    const hold = { requestId: 'hold', ucr: testUcr, legalBasis: 'art. 188', units: [box] };
    stage.world.play(partyCaller('OFFICER1'), 'DetainGoods', hold);
    const inAndOut = [
      counted('ADD', 5),
      counted('DELETE', 5),
      aggregation('DELETE', boxUri, {}, testUcr),
      aggregation('ADD', shipUri, { childEPCs: [boxUri] }, testUcr),
    ];
    for (const event of inAndOut) expect(stage.refused('CARRIER1', event)[0]).to.contain('GOODS_HELD');
    // Another unit of the consignment is free, and what was seen is recorded.
    stage.record('CARRIER1', counted('ADD', 5, 'urn:epc:id:bic:MWCU6059784'));
    stage.record('CARRIER1', { ...counted('ADD', 5), action: 'OBSERVE' });
  });

  it('needs a shipment that was opened', () => {
    const stage = new StatementStage();
    const unknown = aggregation('ADD', boxUri, { childEPCs: [`urn:passage:ucr:${neighbour}`] });
    expect(stage.refused('CARRIER1', unknown)).to.deep.equal(['0 SHIPMENT_UNKNOWN /payload/childEPCs/0']);
  });

  it('touches a bounded number of records', () => {
    const stage = new StatementStage();
    const ucrs = Array.from({ length: 21 }, (_, index) => `6KRIMPORTER1-${String(index)}`);
    const many = aggregation('ADD', boxUri, { childEPCs: [palletUri] }, ...ucrs);
    expect(stage.refused('CARRIER1', many)[0]).to.equal('0 TOO_LARGE /payload');
    const pallets = Array.from({ length: 45 }, (_, index) => `https://id.gs1.org/00/${ssccOf(index)}`);
    const load = (count: number): JsonObject =>
      aggregation('ADD', boxUri, { childEPCs: pallets.slice(0, count) }, testUcr);
    // The parent and 39 pallets are forty records: what is wrong with them is another thing.
    for (const count of [45, 40]) {
      expect(stage.refused('CARRIER1', load(count))[0]).to.equal('0 TOO_LARGE /payload');
    }
    expect(stage.refused('CARRIER1', load(39))[0]).to.contain('NOT_INSIDE');
    expect(stage.refused('CARRIER1', aggregation('ADD', boxUri, whole, ...ucrs.slice(1)))[0]).to.contain(
      'TOO_LARGE',
    );
    expect(stage.refused('CARRIER1', aggregation('DELETE', boxUri, {}, ...ucrs.slice(1)))[0]).to.contain(
      'SHIPMENT_UNKNOWN',
    );
  });

  it('happens once, however often the statement is sent', () => {
    const stage = new StatementStage();
    const jws = stage.device('CARRIER1').next(counted('ADD', 5));
    const send = (): readonly string[] =>
      stage.world.play(partyCaller('TERMINAL1'), 'RecordStatements', { statements: [jws, jws] }).writes;
    expect(send()).to.have.length(2);
    expect(send()).to.deep.equal([]);
    expect(stage.world.get(keys.containment(box, testUcr))?.goods).to.deep.equal({ packages: 5 });
  });

  it('is judged one statement after another: a refused batch names the one that fails, and leaves nothing', () => {
    const stage = new StatementStage();
    const events = [counted('ADD', 5), counted('DELETE', 7), counted('DELETE', 5)];
    expect(stage.refused('CARRIER1', ...events)).to.deep.equal(['1 NOT_INSIDE /payload/childQuantityList/0']);
    expect(stage.world.get(keys.containment(box, testUcr))).to.equal(undefined);
  });

  it('is nothing that a revoked key can do: late evidence is for observations', () => {
    const stage = new StatementStage();
    const device = stage.device('CARRIER1');
    const carrier = partyCaller('CARRIER1');
    const jws = device.next(aggregation('ADD', boxUri, whole));
    stage.world.play(carrier, 'RevokeDevice', { requestId: 'revoke', kid: device.kid, reason: 'stolen' });
    const late = { requestId: 'late', statements: [jws] };
    const refusal = stage.world.refusal(carrier, 'FileLateEvidence', late);
    expect(refusal.details['refused']).to.have.nested.property('[0].code', 'NOT_AN_OBSERVATION');
  });
});

function ssccOf(serial: number): string {
  const digits = `0401234500000${String(serial).padStart(4, '0')}`;
  return digits + gs1CheckDigit(digits);
}
