import { expect } from 'chai';
import { keys } from '../state/keys.js';
import { partyCaller, shipmentInput, testUcr, TestWorld } from '../testing/index.js';

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
