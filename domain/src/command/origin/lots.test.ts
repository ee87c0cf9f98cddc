import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  partyCaller,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
  TestWorld,
} from '../../testing/index.js';

const [importer, seller, broker, carrier] = [
  partyCaller('IMPORTER1'),
  partyCaller('SELLER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
];
const kilos = { uom: 'KGM', decimals: 3 };
const goods = { hs: '847130', hsEdition: '2017' };
const vietnam = [{ origin: 'VN', quantity: 1000 }];

function lot(number: string, changes: JsonObject = {}): JsonObject {
  const id = `SELLER1:${number}`;
  return { requestId: `lot-${number}`, lot: id, ...goods, unit: kilos, shares: vietnam, ...changes };
}

/** A world in which the seller of the test shipment has two lots. */
function withLots(): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput());
  world.play(seller, 'RegisterLot', lot('A'));
  world.play(seller, 'RegisterLot', lot('B', { shares: [{ origin: 'CN', quantity: 500 }] }));
  return world;
}

const fromB = { lot: 'SELLER1:B', quantity: 500 };
const fromA = { lot: 'SELLER1:A', quantity: 250 };
const toC = { lot: 'SELLER1:C', ...goods, unit: kilos, quantity: 600 };
const blend = {
  requestId: 't1',
  transformation: 'SELLER1:T1',
  measure: 'KGM',
  inputs: [fromB, fromA],
  outputs: [toC],
};

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

describe('TransformLots', () => {
  it('writes the transformation, what it drew on and what it made', () => {
    const world = withLots();
    const { writes } = world.play(seller, 'TransformLots', blend);
    expect(writes).to.deep.equal([
      'lot/SELLER1:A',
      'lot/SELLER1:B',
      'lot/SELLER1:C',
      'request/SELLER1/t1',
      'transformation/SELLER1:T1',
    ]);
    expect(world.get(keys.lot('SELLER1:C'))).to.deep.include({
      holder: 'SELLER1',
      quantity: 600,
      transformation: 'SELLER1:T1',
      shares: [
        { origin: 'CN', quantity: 400, remaining: 400 },
        { origin: 'VN', quantity: 200, remaining: 200 },
      ],
    });
    expect(world.get(keys.lot('SELLER1:B'))?.remaining).to.equal(0);
    expect(world.get(keys.lot('SELLER1:A'))?.remaining).to.equal(750);
    expect(world.get(keys.transformation('SELLER1:T1'))).to.deep.equal({
      v: 1,
      transformation: 'SELLER1:T1',
      by: 'SELLER1',
      measure: 'KGM',
      conversions: [],
      inputs: [
        { lot: 'SELLER1:B', quantity: 500, shares: [{ origin: 'CN', quantity: 500 }] },
        { lot: 'SELLER1:A', quantity: 250, shares: [{ origin: 'VN', quantity: 250 }] },
      ],
      outputs: ['SELLER1:C'],
      at: world.now(),
    });
  });

  it('refuses what would make goods out of nothing, or out of what is not there', () => {
    const world = withLots();
    for (const [changes, code] of [
      [{ outputs: [{ ...toC, quantity: 751 }] }, 'OUTPUT_EXCEEDS_INPUT'],
      [{ inputs: [fromB, { ...fromA, quantity: 1001 }] }, 'QUANTITY_EXCEEDED'],
      [{ inputs: [fromB, fromB] }, 'INVALID_FIELD'],
      [{ outputs: [toC, toC] }, 'INVALID_FIELD'],
      [{ conversions: [{ uom: 'KGM', numerator: 2, denominator: 1 }] }, 'INVALID_FIELD'],
      [{ inputs: [{ lot: 'SELLER1:Z', quantity: 1 }] }, 'LOT_UNKNOWN'],
      [{ outputs: [{ ...toC, lot: 'SELLER1:A' }] }, 'LOT_EXISTS'],
      [{ outputs: [{ ...toC, lot: 'IMPORTER1:A' }] }, 'ID_NOT_YOURS'],
      [{ transformation: 'IMPORTER1:T' }, 'ID_NOT_YOURS'],
      [{ measure: 'LTR' }, 'UNIT_NOT_CONVERTIBLE'],
      [{ inputs: [] }, 'INVALID_FIELD'],
    ] as const) {
      const refusal = world.refusal(seller, 'TransformLots', { ...blend, ...changes });
      expect(refusal.code, JSON.stringify(changes)).to.equal(code);
    }
    world.play(seller, 'TransformLots', blend);
    const again = { ...blend, requestId: 't2', outputs: [{ ...toC, lot: 'SELLER1:D' }] };
    expect(world.refusal(seller, 'TransformLots', again).code).to.equal('TRANSFORMATION_EXISTS');
    const more = { ...again, transformation: 'SELLER1:T2' };
    expect(world.refusal(seller, 'TransformLots', more).code).to.equal('QUANTITY_EXCEEDED');
  });
});

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
    const officer = partyCaller('OFFICER1');
    world.play(officer, 'DetainGoods', { requestId: 'hold', ucr: testUcr, legalBasis: 'art. 188' });
    expect(world.refusal(seller, 'ShipLot', shipping).code).to.equal('GOODS_HELD');
    const release = { requestId: 'lift', ucr: testUcr, hold: 1, legalBasis: 'art. 194', response: '9' };
    world.play(officer, 'ReleaseHold', release);
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
