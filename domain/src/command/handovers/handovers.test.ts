import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const [carrier, terminal, importer] = [
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('IMPORTER1'),
];
const offer = { requestId: 'offer-1', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
const answer = { requestId: 'answer-1', ucr: testUcr, handover: 1 };

/** A world with the test shipment in the carrier's custody. */
function opened(): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput());
  return world;
}

/** The same, offered to the terminal. */
function offered(): TestWorld {
  const world = opened();
  world.play(carrier, 'OfferHandover', offer);
  return world;
}

describe('OfferHandover', () => {
  it('opens a handover and leaves custody where it is', () => {
    const world = opened();
    const custody = world.get(keys.custody(testUcr));
    const { writes, response } = world.play(carrier, 'OfferHandover', offer);
    expect(writes).to.deep.equal([`custody/${testUcr}`, `handover/${testUcr}/1`, 'request/CARRIER1/offer-1']);
    expect(response).to.deep.equal({ result: { ucr: testUcr, handover: 1 }, duplicate: false });
    expect(world.get(keys.custody(testUcr))).to.deep.equal({ ...custody, handovers: 1, open: 1 });
    expect(world.get(keys.handover(testUcr, 1))).to.deep.equal({
      v: 1,
      ucr: testUcr,
      handover: 1,
      from: 'CARRIER1',
      to: 'TERMINAL1',
      place: 'KRPUS',
      status: 'offered',
      offeredAt: world.now(),
      expiresAt: '2026-01-04T00:09:00.000Z',
    });
  });

  it('is for the custodian', () => {
    const refusal = opened().refusal(importer, 'OfferHandover', offer);
    expect(refusal.code).to.equal('NOT_CUSTODIAN');
    expect(refusal.details).to.deep.equal({ ucr: testUcr, custodian: 'CARRIER1' });
  });

  it('waits until the open one is answered', () => {
    const refusal = offered().refusal(carrier, 'OfferHandover', {
      ...offer,
      requestId: 'offer-2',
      to: 'SELLER1',
    });
    expect(refusal.code).to.equal('HANDOVER_OPEN');
    expect(refusal.details).to.deep.equal({ ucr: testUcr, handover: 1 });
  });

  it('goes to another party, and to one that is registered', () => {
    expect(opened().refusal(carrier, 'OfferHandover', { ...offer, to: 'CARRIER1' }).code).to.equal(
      'INVALID_FIELD',
    );
    expect(opened().refusal(carrier, 'OfferHandover', { ...offer, to: 'NOBODY' }).code).to.equal(
      'PARTY_UNKNOWN',
    );
  });

  it('needs a shipment', () => {
    expect(TestWorld.started().refusal(carrier, 'OfferHandover', offer).code).to.equal('SHIPMENT_UNKNOWN');
  });
});

describe('AcceptHandover', () => {
  it('moves custody to the party that accepts', () => {
    const world = offered();
    const { writes, response } = world.play(terminal, 'AcceptHandover', answer);
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `handover/${testUcr}/1`,
      'request/TERMINAL1/answer-1',
    ]);
    expect(response['result']).to.deep.equal({ ucr: testUcr, handover: 1, custodian: 'TERMINAL1' });
    expect(world.get(keys.custody(testUcr))).to.deep.equal({
      v: 1,
      ucr: testUcr,
      custodian: 'TERMINAL1',
      since: world.now(),
      handovers: 1,
    });
    expect(world.get(keys.handover(testUcr, 1))).to.include({ status: 'accepted', closedAt: world.now() });
  });

  it('is for the party it was offered to, not even for the custodian', () => {
    for (const caller of [importer, carrier]) {
      const refusal = offered().refusal(caller, 'AcceptHandover', answer);
      expect(refusal.code).to.equal('NOT_RECIPIENT');
      expect(refusal.details).to.deep.equal({ ucr: testUcr, handover: 1, to: 'TERMINAL1' });
    }
  });

  it('is refused once the handover was answered', () => {
    const world = offered();
    world.play(terminal, 'AcceptHandover', answer);
    const refusal = world.refusal(terminal, 'AcceptHandover', { ...answer, requestId: 'answer-2' });
    expect(refusal.code).to.equal('HANDOVER_CLOSED');
    expect(refusal.details).to.include({ status: 'accepted' });
  });

  it('needs a handover that was offered, and a shipment', () => {
    expect(opened().refusal(terminal, 'AcceptHandover', answer).code).to.equal('HANDOVER_UNKNOWN');
    expect(TestWorld.started().refusal(terminal, 'AcceptHandover', answer).code).to.equal('SHIPMENT_UNKNOWN');
  });
});

describe('RejectHandover', () => {
  const rejection = { ...answer, reason: 'seal broken' };

  it('leaves custody where it is and says why', () => {
    const world = offered();
    const { response } = world.play(terminal, 'RejectHandover', rejection);
    expect(response['result']).to.deep.equal({ ucr: testUcr, handover: 1, custodian: 'CARRIER1' });
    expect(world.get(keys.custody(testUcr))).to.deep.include({ custodian: 'CARRIER1', handovers: 1 });
    expect(world.get(keys.custody(testUcr))).not.to.have.property('open');
    expect(world.get(keys.handover(testUcr, 1))).to.include({
      status: 'rejected',
      closedAt: world.now(),
      reason: 'seal broken',
    });
  });

  it('frees the custodian to offer again, under the next number', () => {
    const world = offered();
    world.play(terminal, 'RejectHandover', rejection);
    const again = world.play(carrier, 'OfferHandover', { ...offer, requestId: 'offer-2', to: 'SELLER1' });
    expect(again.response['result']).to.deep.equal({ ucr: testUcr, handover: 2 });
  });

  it('is for the party it was offered to', () => {
    expect(offered().refusal(importer, 'RejectHandover', rejection).code).to.equal('NOT_RECIPIENT');
  });

  it('needs a reason', () => {
    expect(offered().refusal(terminal, 'RejectHandover', answer).code).to.equal('INVALID_FIELD');
  });
});

describe('an offer', () => {
  const short = { ...offer, expiresAt: '2026-01-01T00:11:00.000Z' };

  it('stands for three days where nothing else is said, and until then where something is', () => {
    const world = opened();
    world.play(carrier, 'OfferHandover', short);
    expect(world.get(keys.handover(testUcr, 1))?.expiresAt).to.equal(short.expiresAt);
  });

  it('ends in the future, at most ninety days ahead', () => {
    for (const expiresAt of ['2026-01-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z']) {
      const refusal = opened().refusal(carrier, 'OfferHandover', { ...offer, expiresAt });
      expect(refusal.code).to.equal('INVALID_FIELD');
      expect(refusal.details['violations']).to.have.nested.property('[0].pointer', '/expiresAt');
    }
  });

  it('cannot be answered once it has expired, by the time of the transaction', () => {
    const world = opened();
    world.play(carrier, 'OfferHandover', short);
    for (let minute = 0; minute < 3; minute += 1) world.refusal(importer, 'OfferHandover', offer);
    expect(world.now() > short.expiresAt).to.equal(true);
    for (const [act, more] of [
      ['AcceptHandover', {}],
      ['RejectHandover', { reason: 'late' }],
    ] as const) {
      const refusal = world.refusal(terminal, act, { ...answer, ...more });
      expect(refusal.code).to.equal('OFFER_EXPIRED');
      expect(refusal.details).to.deep.equal({ ucr: testUcr, handover: 1, expiresAt: short.expiresAt });
    }
  });

  it('can still be answered in its last moment', () => {
    const world = opened();
    const expiresAt = '2026-01-01T00:10:00.000Z';
    world.play(carrier, 'OfferHandover', { ...offer, expiresAt });
    world.play(terminal, 'AcceptHandover', answer);
    expect(world.now()).to.equal(expiresAt);
  });

  it('makes way for the next one once it has expired, and is closed by it', () => {
    const world = opened();
    world.play(carrier, 'OfferHandover', short);
    for (let minute = 0; minute < 3; minute += 1) world.refusal(importer, 'OfferHandover', offer);
    const { writes } = world.play(carrier, 'OfferHandover', {
      ...offer,
      requestId: 'offer-2',
      to: 'SELLER1',
    });
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `handover/${testUcr}/1`,
      `handover/${testUcr}/2`,
      'request/CARRIER1/offer-2',
    ]);
    expect(world.get(keys.handover(testUcr, 1))).to.include({ status: 'expired', closedAt: world.now() });
    expect(world.get(keys.custody(testUcr))).to.include({ open: 2, custodian: 'CARRIER1' });
    expect(world.refusal(terminal, 'AcceptHandover', answer).code).to.equal('HANDOVER_CLOSED');
  });

  it('of a ledger that knew no expiry is still read, and does not expire', () => {
    const world = offered();
    const record = world.get(keys.handover(testUcr, 1));
    const { expiresAt, ...old } = record ?? {};
    expect(expiresAt).to.be.a('string');
    world.put(keys.handover(testUcr, 1), Buffer.from(JSON.stringify(old)));
    world.play(terminal, 'AcceptHandover', answer);
    expect(world.get(keys.custody(testUcr))?.custodian).to.equal('TERMINAL1');
  });
});

describe('WithdrawHandover', () => {
  const withdrawal = { requestId: 'withdraw-1', ucr: testUcr, handover: 1, reason: 'wrong party' };

  it('takes an offer back and leaves custody where it is', () => {
    const world = offered();
    const { writes } = world.play(carrier, 'WithdrawHandover', withdrawal);
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `handover/${testUcr}/1`,
      'request/CARRIER1/withdraw-1',
    ]);
    expect(world.get(keys.custody(testUcr)))
      .to.include({ custodian: 'CARRIER1' })
      .and.not.to.have.property('open');
    expect(world.get(keys.handover(testUcr, 1))).to.include({ status: 'withdrawn', reason: 'wrong party' });
    expect(world.refusal(terminal, 'AcceptHandover', answer).code).to.equal('HANDOVER_CLOSED');
  });

  it('is for the party that offered, and for offers that wait', () => {
    const world = offered();
    for (const caller of [terminal, importer]) {
      const refusal = world.refusal(caller, 'WithdrawHandover', withdrawal);
      expect(refusal.code).to.equal('NOT_OFFERER');
      expect(refusal.details).to.deep.equal({ ucr: testUcr, handover: 1, from: 'CARRIER1' });
    }
    world.play(terminal, 'AcceptHandover', answer);
    expect(world.refusal(carrier, 'WithdrawHandover', withdrawal).code).to.equal('HANDOVER_CLOSED');
  });
});

describe('differences', () => {
  const stated = {
    count: 40,
    weight: { value: 12000, unit: 'KGM' },
    seals: ['KR1', 'KR2'],
    condition: 'dry',
  };

  function statedOffer(): TestWorld {
    const world = opened();
    world.play(carrier, 'OfferHandover', { ...offer, stated });
    return world;
  }

  it('are recorded beside what was stated, and custody moves all the same', () => {
    const world = statedOffer();
    const differences = {
      count: 39,
      weight: { value: 11700, unit: 'KGM' },
      seals: ['KR1'],
      condition: 'one carton wet',
    };
    world.play(terminal, 'AcceptHandover', { ...answer, differences });
    expect(world.get(keys.handover(testUcr, 1))).to.deep.include({ status: 'accepted', stated, differences });
    expect(world.get(keys.custody(testUcr))?.custodian).to.equal('TERMINAL1');
  });

  it('may be named where nothing was stated', () => {
    const world = offered();
    world.play(terminal, 'AcceptHandover', { ...answer, differences: { condition: 'damaged' } });
    expect(world.get(keys.handover(testUcr, 1))).to.deep.include({ differences: { condition: 'damaged' } });
  });

  it('have to differ: each that does not is named', () => {
    const same = { ...stated, seals: ['KR2', 'KR1'] };
    const refusal = statedOffer().refusal(terminal, 'AcceptHandover', { ...answer, differences: same });
    expect(refusal.code).to.equal('INVALID_FIELD');
    const pointers = (refusal.details['violations'] as readonly { pointer: string }[]).map((v) => v.pointer);
    expect(pointers).to.deep.equal(['count', 'weight', 'seals', 'condition'].map((m) => `/differences/${m}`));
  });

  it('say something', () => {
    const refusal = statedOffer().refusal(terminal, 'AcceptHandover', { ...answer, differences: {} });
    expect(refusal.details['violations']).to.have.nested.property('[0].pointer', '/differences');
  });
});
