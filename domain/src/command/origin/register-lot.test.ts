import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { partyCaller, TestDevice, testLedger, TestWorld } from '../../testing/index.js';
import { goods, kilos, lot, vietnam, withLots } from '../../testing/lot-stage.js';

const [importer, seller, carrier] = [
  partyCaller('IMPORTER1'),
  partyCaller('SELLER1'),
  partyCaller('CARRIER1'),
];

describe('RegisterLot', () => {
  it('records the claim, with its shares in the order of their codes', () => {
    const world = TestWorld.started();
    const shares = [
      { origin: 'VN', quantity: 1 },
      { origin: 'CN', quantity: 2 },
    ];
    const { writes } = world.play(seller, 'RegisterLot', lot('A', { shares }));
    expect(writes).to.deep.equal(['lot/SELLER1:A', 'request/SELLER1/lot-A']);
    expect(world.get(keys.lot('SELLER1:A'))).to.deep.equal({
      v: 1,
      lot: 'SELLER1:A',
      holder: 'SELLER1',
      ...goods,
      unit: kilos,
      quantity: 3,
      remaining: 3,
      shares: [
        { origin: 'CN', quantity: 2, remaining: 2 },
        { origin: 'VN', quantity: 1, remaining: 1 },
      ],
      createdAt: world.now(),
      certified: 0,
      shipped: 0,
    });
  });

  it('keeps the statements on which it rests, if the ledger has them', () => {
    const world = TestWorld.started();
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'weighbridge' });
    world.play(carrier, 'RegisterDevice', { requestId: 'd', kind: 'weighbridge', proof });
    const witnesses = [{ kid: device.kid, seq: 1 }];
    const refusal = world.refusal(seller, 'RegisterLot', lot('A', { witnesses }));
    expect(refusal.code).to.equal('STATEMENT_UNKNOWN');
    world.play(carrier, 'RecordStatements', { statements: [device.next()] });
    world.play(seller, 'RegisterLot', lot('A', { witnesses }));
    expect(world.get(keys.lot('SELLER1:A'))?.witnesses).to.deep.equal(witnesses);
  });

  it("refuses another's id, a used one, an origin twice, fractions, and roles that make no goods", () => {
    const world = withLots();
    for (const [caller, changes, code] of [
      [importer, {}, 'ID_NOT_YOURS'],
      [seller, { requestId: 'x' }, 'LOT_EXISTS'],
      [seller, { lot: 'SELLER1:N', shares: [...vietnam, ...vietnam] }, 'INVALID_FIELD'],
      [seller, { lot: 'SELLER1:N', shares: [{ origin: 'VN', quantity: 1.5 }] }, 'INVALID_FIELD'],
      [seller, { lot: 'SELLER1:N', shares: [{ origin: 'VN', quantity: 0 }] }, 'INVALID_FIELD'],
      [seller, { lot: 'SELLER1:N', shares: [] }, 'INVALID_FIELD'],
      [seller, { lot: 'SELLER1:N', unit: { uom: 'kilo', decimals: 0 } }, 'INVALID_FIELD'],
      [carrier, {}, 'ROLE_NOT_HELD'],
    ] as const) {
      const input = lot('A', { requestId: 'new', ...changes });
      expect(world.refusal(caller, 'RegisterLot', input).code, JSON.stringify(changes)).to.equal(code);
    }
    const huge = [
      { origin: 'VN', quantity: Number.MAX_SAFE_INTEGER },
      { origin: 'CN', quantity: 1 },
    ];
    const most = [
      { origin: 'VN', quantity: Number.MAX_SAFE_INTEGER - 1 },
      { origin: 'CN', quantity: 1 },
    ];
    world.play(seller, 'RegisterLot', lot('G', { shares: most }));
    const refusal = world.refusal(seller, 'RegisterLot', lot('H', { shares: huge }));
    expect(refusal.details['violations']).to.have.length(1);
  });
});
