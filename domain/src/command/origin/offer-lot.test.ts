import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { partyCaller, testUcr, type TestWorld } from '../../testing/index.js';
import { blend, withLots } from '../../testing/lot-stage.js';

const [importer, seller, broker] = [partyCaller('IMPORTER1'), partyCaller('SELLER1'), partyCaller('BROKER1')];

describe('OfferLot', () => {
  const offer = { requestId: 'of', lot: 'SELLER1:A', to: 'IMPORTER1' };
  const answer = { requestId: 'an', lot: 'SELLER1:A' };
  const key = keys.lot('SELLER1:A');

  function offered(): TestWorld {
    const world = withLots();
    world.play(seller, 'OfferLot', offer);
    return world;
  }

  it('asks another to take the lot, which stays whose it was', () => {
    const world = withLots();
    const { writes, response } = world.play(seller, 'OfferLot', offer);
    expect(writes).to.deep.equal(['lot/SELLER1:A', 'request/SELLER1/of']);
    expect(response['result']).to.deep.equal({ lot: 'SELLER1:A', holder: 'SELLER1' });
    expect(world.get(key)?.offer).to.deep.equal({ to: 'IMPORTER1', at: world.now(), status: 'open' });
  });

  it('makes another the holder once it accepts, who alone may use the lot from then on', () => {
    const world = offered();
    const { writes } = world.play(importer, 'AcceptLot', answer);
    expect(writes).to.deep.equal(['lot/SELLER1:A', 'request/IMPORTER1/an']);
    expect(world.get(key)).to.deep.include({ holder: 'IMPORTER1', remaining: 1000 });
    expect(world.get(key)?.offer).to.include({ status: 'accepted', closedAt: world.now() });
    expect(world.refusal(seller, 'TransformLots', blend).code).to.equal('NOT_HOLDER');
    world.play(importer, 'OfferLot', { ...offer, to: 'SELLER1' });
    world.play(seller, 'AcceptLot', answer);
    world.play(seller, 'TransformLots', blend);
  });

  it('keeps the lot untouched and unoffered until there is an answer', () => {
    const world = offered();
    const shipping = { requestId: 's', lot: 'SELLER1:A', ucr: testUcr, quantity: 1 };
    for (const [name, input] of [
      ['TransformLots', blend],
      ['ShipLot', shipping],
      ['OfferLot', { ...offer, requestId: 'of2', to: 'BROKER1' }],
    ] as const) {
      expect(world.refusal(seller, name, input).code, name).to.equal('LOT_OFFERED');
    }
  });

  for (const [name, caller, status] of [
    ['RejectLot', importer, 'rejected'],
    ['WithdrawLotOffer', seller, 'withdrawn'],
  ] as const) {
    it(`ends with ${name}, and the holder goes on as before`, () => {
      const world = offered();
      world.play(caller, name, { ...answer, reason: 'too wet' });
      expect(world.get(key)).to.include({ holder: 'SELLER1' });
      expect(world.get(key)?.offer).to.include({ status, reason: 'too wet', closedAt: world.now() });
      const late = { ...answer, requestId: 'late' };
      expect(world.refusal(importer, 'AcceptLot', late).code).to.equal('LOT_NOT_OFFERED');
      world.play(seller, 'TransformLots', blend);
      world.play(seller, 'OfferLot', { ...offer, requestId: 'of2' });
    });
  }

  it("is the holder's to make and take back, and answered by the one it was made to", () => {
    const world = offered();
    const reason = { reason: 'no' };
    for (const [caller, name, input, code] of [
      [broker, 'AcceptLot', answer, 'NOT_RECIPIENT'],
      [seller, 'AcceptLot', answer, 'NOT_RECIPIENT'],
      [broker, 'RejectLot', { ...answer, ...reason }, 'NOT_RECIPIENT'],
      [importer, 'WithdrawLotOffer', { ...answer, ...reason }, 'NOT_HOLDER'],
      [importer, 'AcceptLot', { ...answer, lot: 'SELLER1:B' }, 'LOT_NOT_OFFERED'],
      [seller, 'WithdrawLotOffer', { ...answer, ...reason, lot: 'SELLER1:B' }, 'LOT_NOT_OFFERED'],
      [importer, 'AcceptLot', { ...answer, lot: 'SELLER1:Z' }, 'LOT_UNKNOWN'],
      [importer, 'OfferLot', { ...offer, lot: 'SELLER1:B', to: 'SELLER1' }, 'NOT_HOLDER'],
      [seller, 'OfferLot', { ...offer, lot: 'SELLER1:B', to: 'SELLER1' }, 'INVALID_FIELD'],
      [seller, 'OfferLot', { ...offer, lot: 'SELLER1:B', to: 'NOBODY' }, 'PARTY_UNKNOWN'],
      [seller, 'OfferLot', { ...offer, lot: 'SELLER1:Z' }, 'LOT_UNKNOWN'],
    ] as const) {
      const refusal = world.refusal(caller, name, { ...input, requestId: 'new' });
      expect(refusal.code, `${name} ${JSON.stringify(input)}`).to.equal(code);
    }
  });
});
