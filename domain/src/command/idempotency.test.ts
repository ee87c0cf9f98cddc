import { expect } from 'chai';
import { adminCaller, partyCaller, shipmentInput, testUcr, TestWorld } from '../testing/index.js';
import { keys } from '../state/keys.js';
import { FetchedView, Overlay } from '../state/world-view.js';
import { earlierResult, rememberRequest } from './idempotency.js';

const importer = partyCaller('IMPORTER1');

describe('a request id', () => {
  it('makes the same request again a duplicate with the same result, which writes nothing', () => {
    const world = TestWorld.started();
    const first = world.play(importer, 'OpenShipment', shipmentInput());
    const again = world.play(importer, 'OpenShipment', shipmentInput());
    expect(again.writes).to.deep.equal([]);
    expect(again.response).to.deep.equal({ result: first.response['result'], duplicate: true });
  });

  it('knows the request again whatever the order of its members', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput());
    const turned = Object.fromEntries(Object.entries(shipmentInput()).reverse());
    expect(world.play(importer, 'OpenShipment', turned).response['duplicate']).to.equal(true);
  });

  it('stays a duplicate after the world has moved on', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput());
    const offer = { requestId: 'offer', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
    world.play(partyCaller('CARRIER1'), 'OfferHandover', offer);
    const accept = { requestId: 'accept', ucr: testUcr, handover: 1 };
    world.play(partyCaller('TERMINAL1'), 'AcceptHandover', accept);
    expect(world.play(partyCaller('CARRIER1'), 'OfferHandover', offer).response).to.deep.equal({
      result: { ucr: testUcr, handover: 1 },
      duplicate: true,
    });
    expect(world.get(keys.custody(testUcr))?.custodian).to.equal('TERMINAL1');
  });

  it('is refused for another input and for another command', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput());
    const other = world.refusal(importer, 'OpenShipment', shipmentInput({ origin: 'KR' }));
    expect(other.code).to.equal('IDEMPOTENCY_CONFLICT');
    expect(other.details).to.deep.equal({ requestId: 'open-1', command: 'OpenShipment' });
    const offer = { requestId: 'open-1', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
    expect(world.refusal(importer, 'OfferHandover', offer).code).to.equal('IDEMPOTENCY_CONFLICT');
  });

  it('belongs to its caller: another one uses the same id for itself', () => {
    const world = TestWorld.started();
    const register = (mspId: string, partyId: string): unknown =>
      world.play(adminCaller(mspId), 'RegisterParty', {
        requestId: 'same',
        partyId,
        name: partyId,
        roles: ['carrier'],
      }).response['duplicate'];
    expect(register('BusinessMSP', 'C1')).to.equal(false);
    expect(register('PortMSP', 'C2')).to.equal(false);
  });

  it('gives a stranger no look at the result', () => {
    const world = TestWorld.started();
    world.play(importer, 'OpenShipment', shipmentInput());
    const stranger = { ...importer, mspId: 'PortMSP' };
    expect(world.refusal(stranger, 'OpenShipment', shipmentInput()).code).to.equal('MSP_MISMATCH');
  });

  it('is not used up by a refusal', () => {
    const world = TestWorld.started();
    world.refusal(importer, 'OpenShipment', shipmentInput({ custodian: 'NOBODY' }));
    expect(world.play(importer, 'OpenShipment', shipmentInput()).response['duplicate']).to.equal(false);
  });
});

describe('earlierResult', () => {
  it('takes the same input to another command for another request', () => {
    const request = { key: keys.request('P1', 'r'), command: 'AcceptHandover', argument: { ucr: testUcr } };
    const view = new Overlay(new FetchedView(new Map([[request.key, undefined]])));
    expect(earlierResult(request, view)).to.equal(undefined);
    view.put(rememberRequest(request, { done: true }));
    expect(earlierResult(request, view)).to.deep.equal({ done: true });
    expect(() => earlierResult({ ...request, command: 'RejectHandover' }, view)).to.throw(
      /another AcceptHandover/,
    );
  });
});
