import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { partyCaller, shipmentInput, TestWorld } from '../../testing/index.js';

const [importer, carrier, officer, terminal] = [
  partyCaller('IMPORTER1'),
  partyCaller('CARRIER1'),
  partyCaller('OFFICER1'),
  partyCaller('TERMINAL1'),
];

const master = 'CARRIER1:MBL-7';
const houses = ['6KRIMPORTER1-HOUSE1', '6KRIMPORTER1-HOUSE2'] as const;
const facts = {
  master,
  document: '704',
  carrier: 'CARRIER1',
  from: 'CNSHA',
  to: 'gln:4012345000115',
  conveyance: 'ship:9176187',
};
const [put, take] = [
  { requestId: 'in-1', master, houses },
  { requestId: 'out-1', master, houses: [houses[0]] },
];

/** Two consignments that the carrier has. */
function prepared(): TestWorld {
  const world = TestWorld.started();
  for (const ucr of houses) world.play(importer, 'OpenShipment', shipmentInput({ requestId: ucr, ucr }));
  return world;
}

function withMaster(): TestWorld {
  const world = prepared();
  world.play(carrier, 'OpenMaster', { requestId: 'm', ...facts });
  return world;
}

describe('OpenMaster', () => {
  it('records the transport document, and nothing that grows', () => {
    const world = prepared();
    const { writes } = world.play(carrier, 'OpenMaster', { requestId: 'm', ...facts });
    expect(writes).to.deep.equal([`master/${master}`, 'request/CARRIER1/m']);
    expect(world.get(keys.master(master))).to.deep.equal({ v: 1, ...facts, openedAt: world.now() });
  });

  it('refuses a number that is not its own or not new, and a carrier that is none', () => {
    const world = withMaster();
    const code = (input: JsonObject): string =>
      world.refusal(carrier, 'OpenMaster', { requestId: 'm2', ...facts, ...input }).code;
    expect(code({})).to.equal('MASTER_EXISTS');
    expect(code({ master: 'TERMINAL1:MBL-8' })).to.equal('ID_NOT_YOURS');
    expect(code({ master: 'CARRIER1:8', carrier: 'NOBODY1' })).to.equal('PARTY_UNKNOWN');
    expect(code({ master: 'CARRIER1:8', carrier: 'TERMINAL1' })).to.equal('ROLE_NOT_HELD');
    expect(code({ master: 'CARRIER1:8', document: '705' })).to.equal('INVALID_FIELD');
    expect(world.refusal(importer, 'OpenMaster', { requestId: 'x', ...facts }).code).to.equal(
      'ROLE_NOT_HELD',
    );
  });
});

describe('ConsolidateHouses', () => {
  it('puts each house under the master by a record of its own', () => {
    const world = withMaster();
    const { writes } = world.play(carrier, 'ConsolidateHouses', put);
    expect(writes).to.deep.equal([...houses.map((ucr) => `consolidation/${ucr}`), 'request/CARRIER1/in-1']);
    const step = { at: world.now(), by: 'CARRIER1' };
    expect(world.get(keys.consolidation(houses[0]))).to.deep.equal({
      v: 1,
      ucr: houses[0],
      master,
      status: 'consolidated',
      ...step,
    });
  });

  it('needs the master, opened by the party, and each house in its custody; says which one it is about', () => {
    const code = (world: TestWorld, input: JsonObject = {}, caller = carrier): unknown => {
      const { code, details } = world.refusal(caller, 'ConsolidateHouses', { ...put, ...input });
      return [code, details['pointer']];
    };
    expect(code(prepared())).to.deep.equal(['MASTER_UNKNOWN', '/master']);
    expect(code(withMaster(), {}, terminal)).to.deep.equal(['ID_NOT_YOURS', '/master']);
    const unknown = { houses: [houses[0], '6KRIMPORTER1-NONE'] };
    expect(code(withMaster(), unknown)).to.deep.equal(['SHIPMENT_UNKNOWN', '/houses/1']);
    const world = withMaster();
    const ucr = '6KRIMPORTER1-OTHER';
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: ucr, ucr, custodian: 'TERMINAL1' }));
    expect(code(world, { houses: [houses[0], ucr] })).to.deep.equal(['NOT_CUSTODIAN', '/houses/1']);
    expect(code(world, { houses: [houses[0], houses[0]] })).to.have.property('0', 'INVALID_FIELD');
  });

  it('refuses a house that is held, or travels under a master already', () => {
    const world = withMaster();
    world.play(carrier, 'ConsolidateHouses', { ...put, houses: [houses[0]] });
    const again = world.refusal(carrier, 'ConsolidateHouses', { ...put, requestId: 'in-2' });
    expect([again.code, again.details['master']]).to.deep.equal(['CONSOLIDATED', master]);
    const hold = { requestId: 'h', ucr: houses[1], legalBasis: 'art. 1', response: '5' };
    world.play(officer, 'PlaceHold', hold);
    const held = world.refusal(carrier, 'ConsolidateHouses', {
      ...put,
      requestId: 'in-3',
      houses: [houses[1]],
    });
    expect(held.code).to.equal('GOODS_HELD');
  });
});

describe('a house that goes on in others', () => {
  it('goes under no master any more', () => {
    const world = withMaster();
    const ucr = '6KRIMPORTER1-WHOLE';
    world.play(importer, 'MergeShipments', { requestId: 'merge', ucr, from: houses });
    expect(world.refusal(carrier, 'ConsolidateHouses', put).code).to.equal('SHIPMENT_ENDED');
    world.play(carrier, 'ConsolidateHouses', { ...put, houses: [ucr] });
  });
});

describe('DeconsolidateHouses', () => {
  it('needs the master', () => {
    expect(prepared().refusal(carrier, 'DeconsolidateHouses', take).code).to.equal('MASTER_UNKNOWN');
  });
  function consolidated(): TestWorld {
    const world = withMaster();
    world.play(carrier, 'ConsolidateHouses', put);
    return world;
  }

  it('takes houses out, by who opened the master, and leaves the others in', () => {
    const world = consolidated();
    const { writes } = world.play(carrier, 'DeconsolidateHouses', take);
    expect(writes).to.deep.equal([`consolidation/${houses[0]}`, 'request/CARRIER1/out-1']);
    expect(world.get(keys.consolidation(houses[0]))).to.include({ status: 'deconsolidated', master });
    expect(world.get(keys.consolidation(houses[1]))).to.include({ status: 'consolidated' });
    world.play(carrier, 'ConsolidateHouses', { ...take, requestId: 'in-2' });
  });

  it('is also for whoever has the house, and for nobody else', () => {
    const world = consolidated();
    const refusal = world.refusal(terminal, 'DeconsolidateHouses', take);
    expect([refusal.code, refusal.details['pointer']]).to.deep.equal(['MAY_NOT_DECONSOLIDATE', '/houses/0']);
    const [ucr] = houses;
    world.play(carrier, 'OfferHandover', { requestId: 'o', ucr, to: 'TERMINAL1', place: 'KRPUS' });
    world.play(terminal, 'AcceptHandover', { requestId: 'a', ucr, handover: 1 });
    world.play(terminal, 'DeconsolidateHouses', take);
  });

  it('is still for whoever opened the master when another has the house', () => {
    const world = consolidated();
    const [ucr] = houses;
    world.play(carrier, 'OfferHandover', { requestId: 'o', ucr, to: 'TERMINAL1', place: 'KRPUS' });
    world.play(terminal, 'AcceptHandover', { requestId: 'a', ucr, handover: 1 });
    world.play(carrier, 'DeconsolidateHouses', take);
  });

  it('refuses a house that is not under this master, and one that is held', () => {
    const world = consolidated();
    world.play(carrier, 'OpenMaster', { requestId: 'm2', ...facts, master: 'CARRIER1:MBL-8' });
    const elsewhere = { ...take, master: 'CARRIER1:MBL-8' };
    expect(world.refusal(carrier, 'DeconsolidateHouses', elsewhere).code).to.equal('NOT_CONSOLIDATED');
    const hold = { requestId: 'h', ucr: houses[0], legalBasis: 'art. 1', response: '5' };
    world.play(officer, 'PlaceHold', hold);
    expect(world.refusal(carrier, 'DeconsolidateHouses', take).code).to.equal('GOODS_HELD');
    const out = { ...take, requestId: 'out-2', houses: [houses[1]] };
    world.play(carrier, 'DeconsolidateHouses', out);
    const again = world.refusal(carrier, 'DeconsolidateHouses', { ...out, requestId: 'out-3' });
    expect(again.code).to.equal('NOT_CONSOLIDATED');
  });
});
