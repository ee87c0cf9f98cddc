import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { transportModes } from '../../shipment/transport-modes.js';
import { adminCaller, partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const importer = partyCaller('IMPORTER1');

function violations(input: JsonObject): readonly JsonObject[] {
  const refusal = TestWorld.started().refusal(importer, 'OpenShipment', input);
  expect(refusal.code).to.equal('INVALID_FIELD');
  return refusal.details['violations'] as readonly JsonObject[];
}

describe('OpenShipment', () => {
  it('records the consignment and gives it to its first custodian', () => {
    const world = TestWorld.started();
    const { writes, policies, response } = world.play(importer, 'OpenShipment', shipmentInput());
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `customs/${testUcr}`,
      'guard/CustomsMSP',
      'request/IMPORTER1/open-1',
      `shipment/${testUcr}`,
    ]);
    const policy = { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] };
    expect(policies).to.deep.equal({ [`customs/${testUcr}`]: policy, [`shipment/${testUcr}`]: policy });
    expect(world.get(keys.customs(testUcr))).to.deep.equal({
      v: 1,
      ucr: testUcr,
      customs: 'CustomsMSP',
      holds: 0,
      inForce: [],
    });
    expect(response).to.deep.equal({ result: { ucr: testUcr, custodian: 'CARRIER1' }, duplicate: false });
    const { requestId, custodian, ...facts } = shipmentInput();
    expect(requestId).to.equal('open-1');
    expect(world.get(keys.shipment(testUcr))).to.deep.equal({
      v: 1,
      ...facts,
      opener: 'IMPORTER1',
      customs: 'CustomsMSP',
      openedAt: world.now(),
    });
    expect(world.get(keys.custody(testUcr))).to.deep.equal({
      v: 1,
      ucr: testUcr,
      custodian,
      since: world.now(),
      handovers: 0,
    });
  });

  it('is under the customs it names, which has to be one', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput({ customs: 'CustomsMSP' }));
    expect(world.get(keys.shipment(testUcr))?.customs).to.equal('CustomsMSP');
    expect(violations(shipmentInput({ customs: 'PortMSP' }))).to.have.nested.property(
      '[0].pointer',
      '/customs',
    );
  });

  it('needs an importer alone, and takes the odd but legal', () => {
    const odd = { parties: { importer: 'IMPORTER1' }, departure: 'KR', origin: 'KR', custodian: 'IMPORTER1' };
    const world = TestWorld.started();
    world.play(
      importer,
      'OpenShipment',
      shipmentInput({ ...odd, goods: [{ hs: '010121', hsEdition: '2022' }] }),
    );
    expect(world.get(keys.shipment(testUcr))?.parties).to.deep.equal({ importer: 'IMPORTER1' });
  });

  it('takes every transport mode of Recommendation 19 but "not specified"', () => {
    const world = TestWorld.started();
    for (const transportMode of Object.keys(transportModes)) {
      const ucr = `6KRIMPORTER1-MODE${transportMode}`;
      world.play(importer, 'OpenShipment', shipmentInput({ requestId: ucr, ucr, transportMode }));
    }
    expect(violations(shipmentInput({ transportMode: '0' }))).to.have.nested.property(
      '[0].pointer',
      '/transportMode',
    );
  });

  it('refuses a UCR of another trader, and says whose it is', () => {
    const world = TestWorld.started();
    world.play(adminCaller('BusinessMSP'), 'RegisterParty', {
      requestId: 'r',
      partyId: 'IMPORTER2',
      name: 'Other',
      roles: ['importer'],
    });
    const other = { ...importer, partyId: 'IMPORTER2' };
    const refusal = world.refusal(other, 'OpenShipment', shipmentInput());
    expect(refusal.code).to.equal('UCR_NOT_YOURS');
    expect(refusal.message).to.contain('IMPORTER1');
  });

  it('is for importers, exporters and forwarders', () => {
    const refusal = TestWorld.started().refusal(partyCaller('CARRIER1'), 'OpenShipment', shipmentInput());
    expect(refusal.code).to.equal('ROLE_NOT_HELD');
    expect(refusal.details['needed']).to.deep.equal(['importer', 'exporter', 'forwarder']);
  });

  it('opens no UCR twice', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput());
    const again = shipmentInput({ requestId: 'open-2' });
    expect(world.refusal(importer, 'OpenShipment', again).code).to.equal('SHIPMENT_EXISTS');
  });

  it('lists everything that the ledger says against it, under the code of the first', () => {
    const world = TestWorld.started();
    const input = shipmentInput({
      ucr: '6KRSOMEBODY-1',
      parties: { importer: 'NOBODY1', declarant: 'BROKER1', seller: 'NOBODY2' },
      custodian: 'NOBODY3',
    });
    const refusal = world.refusal(importer, 'OpenShipment', input);
    expect(refusal.code).to.equal('UCR_NOT_YOURS');
    const listed = (refusal.details['violations'] as readonly JsonObject[]).map(({ code, pointer }) => [
      code,
      pointer,
    ]);
    expect(listed).to.deep.equal([
      ['UCR_NOT_YOURS', '/ucr'],
      ['PARTY_UNKNOWN', '/parties/importer'],
      ['PARTY_UNKNOWN', '/parties/seller'],
      ['PARTY_UNKNOWN', '/custodian'],
    ]);
  });

  it('lists everything that is wrong in its form', () => {
    const found = violations({
      ...shipmentInput(),
      ucr: 'x',
      goods: [{ hs: '8471', hsEdition: '1996' }, { hs: '847130' }],
      origin: 'Korea',
      price: 100,
    });
    expect(found.map(({ pointer }) => pointer)).to.have.members([
      '/price',
      '/ucr',
      '/goods/0/hs',
      '/goods/0/hsEdition',
      '/goods/1/hsEdition',
      '/origin',
    ]);
  });

  it('needs goods', () => {
    expect(violations(shipmentInput({ goods: [] }))).to.have.nested.property('[0].pointer', '/goods');
  });
});
