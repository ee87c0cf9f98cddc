import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { partyCaller, shipmentInput, testUcr } from '../../testing/index.js';
import { whileHeld } from '../../testing/held-goods.js';
import { goods, lot, withLots } from '../../testing/lot-stage.js';

const [importer, seller, broker] = [partyCaller('IMPORTER1'), partyCaller('SELLER1'), partyCaller('BROKER1')];

describe('ShipLot', () => {
  const shipping = { requestId: 's1', lot: 'SELLER1:A', ucr: testUcr, quantity: 400 };

  it('takes goods out of the lot and ties them to the consignment', () => {
    const world = withLots();
    const { writes, response } = world.play(seller, 'ShipLot', shipping);
    expect(writes).to.deep.equal(['drawdown/SELLER1:A/1', 'lot/SELLER1:A', 'request/SELLER1/s1']);
    expect(response['result']).to.deep.equal({ lot: 'SELLER1:A', number: 1, ucr: testUcr });
    expect(world.get(keys.drawdown('SELLER1:A', 1))).to.deep.equal({
      v: 1,
      lot: 'SELLER1:A',
      number: 1,
      ucr: testUcr,
      quantity: 400,
      shares: [{ origin: 'VN', quantity: 400 }],
      by: 'SELLER1',
      at: world.now(),
    });
    expect(world.get(keys.lot('SELLER1:A'))).to.include({ remaining: 600, shipped: 1 });
    const rest = { ...shipping, requestId: 's2', quantity: 601 };
    expect(world.refusal(seller, 'ShipLot', rest).code).to.equal('QUANTITY_EXCEEDED');
  });

  it('is for the holder, in a consignment of its own that has such goods', () => {
    const world = withLots();
    expect(world.refusal(importer, 'ShipLot', shipping).code).to.equal('NOT_HOLDER');
    const elsewhere = { ...shipping, ucr: '6KRIMPORTER1-NEVER' };
    expect(world.refusal(seller, 'ShipLot', elsewhere).code).to.equal('SHIPMENT_UNKNOWN');
    const ucr = '6KRIMPORTER1-OTHER';
    const parties = { importer: 'IMPORTER1' };
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'o2', ucr, parties }));
    expect(world.refusal(seller, 'ShipLot', { ...shipping, ucr }).code).to.equal('NOT_NAMED');
    world.play(seller, 'RegisterLot', lot('T', { hs: '090111' }));
    const tea = { ...shipping, lot: 'SELLER1:T' };
    expect(world.refusal(seller, 'ShipLot', tea).code).to.equal('GOODS_MISMATCH');
    // The same digits are other goods in another edition of the Harmonized System.
    world.play(seller, 'RegisterLot', lot('E', { hsEdition: '2022' }));
    const edition = { ...shipping, lot: 'SELLER1:E' };
    expect(world.refusal(seller, 'ShipLot', edition).code).to.equal('GOODS_MISMATCH');
  });

  it('finds its goods among others of the consignment', () => {
    const world = withLots();
    const ucr = '6KRIMPORTER1-MANY';
    const many = [{ hs: '090111', hsEdition: '2017' }, goods];
    world.play(importer, 'OpenShipment', shipmentInput({ requestId: 'o2', ucr, goods: many }));
    world.play(seller, 'ShipLot', { ...shipping, ucr });
  });

  it('is refused while the consignment is held, and goes on when the hold is lifted', () => {
    const world = withLots();
    const refusal = whileHeld(world, () => world.refusal(seller, 'ShipLot', shipping));
    expect(refusal.code).to.equal('GOODS_HELD');
    world.play(seller, 'ShipLot', shipping);
  });

  it('may be done by a broker with a mandate', () => {
    const world = withLots();
    const until = '2026-06-01T00:00:00.000Z';
    const mandate = { requestId: 'm', mandatary: 'BROKER1', scope: ['ShipLot'], until };
    world.play(seller, 'GrantMandate', mandate);
    const onBehalfOf = { party: 'SELLER1', mandate: 'm' };
    world.play(broker, 'ShipLot', { ...shipping, onBehalfOf });
    expect(world.get(keys.drawdown('SELLER1:A', 1))?.by).to.equal('SELLER1');
  });
});
