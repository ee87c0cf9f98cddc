import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { whileHeld } from '../../testing/held-goods.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../../testing/index.js';

const [terminal, carrier, importer] = [
  partyCaller('TERMINAL1'),
  partyCaller('CARRIER1'),
  partyCaller('IMPORTER1'),
];
const plateCommitment = 'A'.repeat(43);
const release = { requestId: 'gate-7', ucr: testUcr, carrier: 'CARRIER1', plateCommitment, place: 'KRPUS' };
const offer = { requestId: 'offer-1', ucr: testUcr, to: 'CARRIER1', place: 'KRPUS', release: 'gate-7' };
const answer = { requestId: 'answer-1', ucr: testUcr, handover: 1 };
const key = keys.pickup(testUcr, 'gate-7');

/** The terminal has the goods; `changes` to its release of them to the carrier. */
function released(changes: JsonObject = {}): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput({ custodian: 'TERMINAL1' }));
  world.play(terminal, 'ReleaseToCarrier', { ...release, ...changes });
  return world;
}

/** The carrier has fetched the goods by the release, and brought them back. */
function releasedAndBack(): TestWorld {
  const world = released();
  world.play(terminal, 'OfferHandover', offer);
  world.play(carrier, 'AcceptHandover', answer);
  const back = { requestId: 'back', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
  world.play(carrier, 'OfferHandover', back);
  world.play(terminal, 'AcceptHandover', { ...answer, handover: 2 });
  return world;
}

describe('ReleaseToCarrier', () => {
  it('names the carrier and the commitment to the plate, and leaves custody alone', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput({ custodian: 'TERMINAL1' }));
    const { writes, response } = world.play(terminal, 'ReleaseToCarrier', release);
    expect(writes).to.deep.equal([`pickup/${testUcr}/gate-7`, 'request/TERMINAL1/gate-7']);
    expect(response['result']).to.deep.equal({ ucr: testUcr, release: 'gate-7' });
    expect(world.get(key)).to.deep.equal({
      v: 1,
      ucr: testUcr,
      release: 'gate-7',
      from: 'TERMINAL1',
      carrier: 'CARRIER1',
      plateCommitment,
      place: 'KRPUS',
      status: 'open',
      releasedAt: world.now(),
      expiresAt: '2026-01-04T00:09:00.000Z',
    });
  });

  it('is for the custodian, to another party that is a carrier, until a time ahead', () => {
    const refused = (changes: JsonObject, by = terminal): string =>
      released().refusal(by, 'ReleaseToCarrier', { ...release, requestId: 'other', ...changes }).code;
    expect(refused({}, importer)).to.equal('NOT_CUSTODIAN');
    expect(refused({ carrier: 'TERMINAL1' })).to.equal('INVALID_FIELD');
    expect(refused({ carrier: 'NOBODY' })).to.equal('PARTY_UNKNOWN');
    expect(refused({ carrier: 'SELLER1' })).to.equal('ROLE_NOT_HELD');
    expect(refused({ expiresAt: '2026-01-01T00:00:00.000Z' })).to.equal('INVALID_FIELD');
    expect(refused({ plateCommitment: '12GA3456' })).to.equal('INVALID_FIELD');
    expect(refused({ ucr: '6KRIMPORTER1-NONE' })).to.equal('SHIPMENT_UNKNOWN');
  });

  it('waits until customs holds the goods no more', () => {
    const world = released();
    const again = { ...release, requestId: 'gate-8' };
    const refusal = whileHeld(world, () => world.refusal(terminal, 'ReleaseToCarrier', again));
    expect(refusal.code).to.equal('GOODS_HELD');
    world.play(terminal, 'ReleaseToCarrier', again);
  });

  it('is named once for a shipment, also by the next custodian', () => {
    const world = releasedAndBack();
    const mine = { ...release, carrier: 'CARRIER1' };
    expect(world.play(terminal, 'ReleaseToCarrier', mine).response).to.include({ duplicate: true });
  });
});

describe('a handover by a release', () => {
  it('uses it up when the carrier accepts', () => {
    const world = released();
    world.play(terminal, 'OfferHandover', offer);
    expect(world.get(key)?.status).to.equal('open');
    const { writes } = world.play(carrier, 'AcceptHandover', answer);
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `handover/${testUcr}/1`,
      `pickup/${testUcr}/gate-7`,
      'request/CARRIER1/answer-1',
    ]);
    expect(world.get(key)).to.include({ status: 'used', handover: 1, closedAt: world.now() });
    expect(world.get(keys.handover(testUcr, 1))).to.include({ release: 'gate-7' });
  });

  it('happens once', () => {
    const world = releasedAndBack();
    const refusal = world.refusal(terminal, 'OfferHandover', { ...offer, requestId: 'offer-3' });
    expect(refusal.code).to.equal('RELEASE_CLOSED');
    expect(refusal.details).to.include({ status: 'used' });
  });

  it('leaves it open when the carrier rejects', () => {
    const world = released();
    world.play(terminal, 'OfferHandover', offer);
    world.play(carrier, 'RejectHandover', { ...answer, reason: 'no lorry' });
    expect(world.get(key)?.status).to.equal('open');
    world.play(terminal, 'OfferHandover', { ...offer, requestId: 'offer-2' });
    world.play(carrier, 'AcceptHandover', { ...answer, requestId: 'answer-2', handover: 2 });
    expect(world.get(key)).to.include({ status: 'used', handover: 2 });
  });

  it('goes to the carrier that it names, by the custodian who made it', () => {
    const other = { ...offer, to: 'SELLER1' };
    expect(released().refusal(terminal, 'OfferHandover', other).code).to.equal('RELEASE_MISMATCH');
    const world = released();
    world.play(terminal, 'OfferHandover', { requestId: 'o', ucr: testUcr, to: 'SELLER1', place: 'KRPUS' });
    world.play(partyCaller('SELLER1'), 'AcceptHandover', answer);
    const stolen = world.refusal(partyCaller('SELLER1'), 'OfferHandover', { ...offer, requestId: 'p' });
    expect(stolen.code).to.equal('RELEASE_MISMATCH');
  });

  it('needs a release that is there and has not expired', () => {
    expect(released().refusal(terminal, 'OfferHandover', { ...offer, release: 'none' }).code).to.equal(
      'RELEASE_UNKNOWN',
    );
    const world = released({ expiresAt: '2026-01-01T00:10:00.000Z' });
    world.play(terminal, 'OfferHandover', offer);
    const late = world.refusal(carrier, 'AcceptHandover', answer);
    expect(late.code).to.equal('RELEASE_CLOSED');
    expect(late.details).to.include({ status: 'expired' });
    expect(world.get(keys.custody(testUcr))?.custodian).to.equal('TERMINAL1');
  });
});

describe('WithdrawRelease', () => {
  const withdrawal = { requestId: 'w', ucr: testUcr, release: 'gate-7', reason: 'wrong lorry' };

  it('closes a release that was not used', () => {
    const world = released();
    const { writes } = world.play(terminal, 'WithdrawRelease', withdrawal);
    expect(writes).to.deep.equal([`pickup/${testUcr}/gate-7`, 'request/TERMINAL1/w']);
    expect(world.get(key)).to.include({ status: 'withdrawn', reason: 'wrong lorry', closedAt: world.now() });
    expect(world.refusal(terminal, 'OfferHandover', offer).code).to.equal('RELEASE_CLOSED');
    const again = world.refusal(terminal, 'WithdrawRelease', { ...withdrawal, requestId: 'w2' });
    expect(again.code).to.equal('RELEASE_CLOSED');
  });

  it('also stops a handover that waits for its answer', () => {
    const world = released();
    world.play(terminal, 'OfferHandover', offer);
    world.play(terminal, 'WithdrawRelease', withdrawal);
    expect(world.refusal(carrier, 'AcceptHandover', answer).code).to.equal('RELEASE_CLOSED');
  });

  it('is for the party that made it', () => {
    expect(released().refusal(carrier, 'WithdrawRelease', withdrawal).code).to.equal('NOT_OFFERER');
    const unknown = { ...withdrawal, release: 'none' };
    expect(released().refusal(terminal, 'WithdrawRelease', unknown).code).to.equal('RELEASE_UNKNOWN');
  });
});
