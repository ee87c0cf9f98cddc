import { expect } from 'chai';
import { customsPolicy, freedPolicy } from '../customs/held-keys.js';
import type { JsonObject } from '../json/value.js';
import { keys } from '../state/keys.js';
import { actEvent, partyCaller, shipmentInput, StatementStage, testUcr } from '../testing/index.js';

const officer = partyCaller('OFFICER1');
const policy = customsPolicy('CustomsMSP');
const freed = freedPolicy('CustomsMSP');
const neighbour = '6KRIMPORTER1-DECL2';
const about = { ucr: testUcr, legalBasis: 'art. 188' };

const [pallet, otherPallet] = ['sscc:040123450000001112', 'sscc:040123450000001129'];
const [box, ship] = ['container:CSQU3054383', 'ship:9176187'];
const uris: Readonly<Record<string, string>> = {
  [pallet]: 'urn:epc:id:sscc:4012345.0000000111',
  [otherPallet]: 'urn:epc:id:sscc:4012345.0000000112',
  [box]: 'urn:epc:id:bic:CSQU3054383',
  [ship]: 'urn:epc:id:imovn:9176187',
};
const uri = (unit: string): string => uris[unit] ?? '';

function aggregation(action: string, parent: string, members: JsonObject, ...ucrs: string[]): JsonObject {
  return actEvent({ type: 'AggregationEvent', action, parentID: uri(parent), ...members }, ...ucrs);
}

/** Five packages of a consignment into a unit, or out of it. */
function goods(action: 'ADD' | 'DELETE', unit: string, ucr = testUcr): JsonObject {
  const childQuantityList = [{ epcClass: `urn:passage:ucr:${ucr}`, quantity: 5 }];
  return aggregation(action, unit, { childQuantityList });
}

function load(unit: string, into: string, ucr = testUcr): JsonObject {
  return aggregation('ADD', into, { childEPCs: [uri(unit)] }, ucr);
}

function unload(unit: string, from: string, ucr = testUcr): JsonObject {
  return aggregation('DELETE', from, { childEPCs: [uri(unit)] }, ucr);
}

const held = (stage: StatementStage, event: JsonObject): boolean => {
  const [refusal = ''] = stage.refused('CARRIER1', event);
  expect(refusal, JSON.stringify(event)).to.contain('GOODS_HELD');
  return true;
};

/** Goods of the test shipment on two pallets in a container. */
function packed(): StatementStage {
  const stage = new StatementStage();
  for (const each of [pallet, otherPallet]) {
    stage.record('CARRIER1', goods('ADD', each), load(each, box));
  }
  return stage;
}

let requests = 0;
function customs(
  stage: StatementStage,
  name: string,
  input: JsonObject,
): ReturnType<typeof stage.world.play> {
  requests += 1;
  const requestId = `customs-${String(requests)}`;
  return stage.world.play(officer, name, { requestId, ...about, ...input });
}

describe('goods that are held', () => {
  it('as a whole, stay in whatever they are, named or not', () => {
    const stage = packed();
    customs(stage, 'DetainGoods', {});
    const moves = [unload(pallet, box), load(box, ship), goods('DELETE', pallet), goods('ADD', otherPallet)];
    for (const move of moves) held(stage, move);
    // Without children, a DELETE means all that lies in the unit.
    held(stage, aggregation('DELETE', pallet, {}, testUcr));
  });

  it('in a container, stay on their pallets, and the pallets in the container', () => {
    const stage = packed();
    customs(stage, 'DetainGoods', { units: [box] });
    const moves = [unload(pallet, box), load(box, ship), goods('DELETE', pallet), goods('ADD', box)];
    for (const move of moves) held(stage, move);
    stage.record('CARRIER1', goods('ADD', ship));
  });

  it('on a pallet, keep the container where it is, and nothing else', () => {
    const stage = packed();
    customs(stage, 'DetainGoods', { units: [pallet] });
    for (const move of [unload(pallet, box), load(box, ship), goods('DELETE', pallet)]) held(stage, move);
    stage.record('CARRIER1', unload(otherPallet, box), goods('DELETE', otherPallet));
  });

  it('are free with the unit that was released, also where another one carries it or lies in it', () => {
    const stage = packed();
    customs(stage, 'DetainGoods', {});
    customs(stage, 'ReleaseHold', { hold: 1, response: '9', units: [pallet] });
    held(stage, load(box, ship));
    held(stage, unload(otherPallet, box));
    stage.record('CARRIER1', unload(pallet, box), load(pallet, ship), goods('DELETE', pallet));
    customs(stage, 'ReleaseHold', { hold: 1, response: '9', units: [box] });
    stage.record('CARRIER1', load(box, ship), goods('DELETE', otherPallet));
    held(stage, goods('ADD', ship));
  });

  it('are refused no unit that a batch has just put around them, or taken away', () => {
    const stage = packed();
    customs(stage, 'DetainGoods', {});
    customs(stage, 'ReleaseHold', { hold: 1, response: '9', units: [pallet] });
    const fine = [unload(pallet, box), load(pallet, ship), unload(pallet, ship), load(pallet, box)];
    stage.record('CARRIER1', ...fine);
    expect(stage.refused('CARRIER1', unload(pallet, box), unload(otherPallet, box))).to.deep.equal([
      '1 GOODS_HELD /payload/childEPCs/0',
    ]);
  });

  it('take nothing in where what carries the unit is held, however deep it lies', () => {
    const stage = packed();
    stage.record('CARRIER1', load(box, ship));
    customs(stage, 'DetainGoods', { units: [ship] });
    // The pallet is named by no hold, but the ship around it is.
    held(stage, goods('ADD', pallet));
    held(stage, unload(pallet, box));
  });

  it('leave their neighbours in the same units alone', () => {
    const stage = packed();
    const input = shipmentInput({ requestId: 'open-2', ucr: neighbour });
    stage.world.play(partyCaller('IMPORTER1'), 'OpenShipment', input);
    stage.record('CARRIER1', goods('ADD', pallet, neighbour), load(pallet, box, neighbour));
    customs(stage, 'DetainGoods', { carriedBy: [pallet] });
    const { reads } = stage.record(
      'CARRIER1',
      load(box, ship, neighbour),
      goods('DELETE', pallet, neighbour),
    );
    expect(reads.filter((key) => key.endsWith(testUcr))).to.deep.equal([]);
  });

  it('do not cease to be', () => {
    const stage = packed();
    const destroyed = actEvent({
      type: 'ObjectEvent',
      action: 'DELETE',
      epcList: [`urn:passage:ucr:${testUcr}`],
    });
    customs(stage, 'DetainGoods', { units: [pallet] });
    expect(stage.refused('CARRIER1', destroyed)).to.deep.equal(['0 GOODS_HELD /payload/epcList/0']);
    customs(stage, 'ReleaseHold', { hold: 1, response: '9' });
    stage.record('CARRIER1', destroyed);
  });

  it('read nothing more than before while no hold names a unit', () => {
    const stage = packed();
    const reads = (): readonly string[] =>
      stage.record('CARRIER1', goods('ADD', 'ship:9176187')).reads.filter((key) => key.endsWith(testUcr));
    const plain = [
      `custody/${testUcr}`,
      `containment/${ship}/${testUcr}`,
      `customs/${testUcr}`,
      `shipment/${testUcr}`,
    ];
    expect(reads()).to.deep.equal(plain);
    customs(stage, 'DetainGoods', { units: [pallet] });
    const carriers = [ship, pallet, box].map((unit) => keys.containment(unit, testUcr));
    expect([...reads()].sort()).to.deep.equal([...new Set([...plain, ...carriers])].sort());
  });
});

describe('the policy of a hold', () => {
  const at = (unit: string): string => keys.containment(unit, testUcr);

  it('goes to every unit around those that are named, and off again with what is freed', () => {
    const stage = packed();
    stage.record('CARRIER1', load(box, ship));
    const hold = customs(stage, 'DetainGoods', { carriedBy: [pallet, otherPallet] });
    expect(hold.policies).to.deep.equal({
      [`hold/${testUcr}/1`]: policy,
      [`custody/${testUcr}`]: policy,
      ...Object.fromEntries([pallet, otherPallet, box, ship].map((unit) => [at(unit), policy])),
    });
    const one = customs(stage, 'ReleaseHold', { hold: 1, response: '9', units: [pallet] });
    expect(one.policies).to.deep.equal({ [at(pallet)]: freed });
    const rest = customs(stage, 'ReleaseHold', { hold: 1, response: '9', units: [box] });
    expect(rest.policies).to.deep.equal({
      [at(otherPallet)]: freed,
      [at(box)]: freed,
      [at(ship)]: freed,
    });
    expect(customs(stage, 'ReleaseHold', { hold: 1, response: '9' }).policies).to.deep.equal({
      [`custody/${testUcr}`]: freed,
    });
  });

  it('stays on a unit as long as one hold keeps it', () => {
    const stage = packed();
    customs(stage, 'DetainGoods', { units: [pallet] });
    const second = customs(stage, 'DetainGoods', { carriedBy: [pallet] });
    expect(second.policies).to.deep.equal({ [`hold/${testUcr}/2`]: policy });
    expect(customs(stage, 'ReleaseHold', { hold: 1, response: '9' }).policies).to.deep.equal({});
    expect(Object.keys(customs(stage, 'ReleaseHold', { hold: 2, response: '9' }).policies)).to.have.members([
      at(pallet),
      at(box),
      `custody/${testUcr}`,
    ]);
  });
});
