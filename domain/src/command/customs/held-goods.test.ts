import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { CustomsStage, officer } from '../../testing/customs-stage.js';
import { observation, partyCaller, TestDevice, testLedger, testUcr, TestWorld } from '../../testing/index.js';

const ucr = testUcr;
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');

describe('held goods', () => {
  const offer = { requestId: 'offer', ucr, to: 'TERMINAL1', place: 'KRPUS' };
  const accept = { requestId: 'accept', ucr, handover: 1 };

  it('are offered and declined, but not taken over', () => {
    const { world, ...customs } = heldShipment();
    world.play(carrier, 'OfferHandover', offer);
    const refusal = world.refusal(terminal, 'AcceptHandover', accept);
    expect(refusal.code).to.equal('GOODS_HELD');
    expect(refusal.details).to.deep.equal({ ucr, holds: [1] });
    customs.release();
    world.play(terminal, 'AcceptHandover', accept);
    expect(world.get(keys.custody(ucr))?.custodian).to.equal('TERMINAL1');
  });

  it('are declined while they are held', () => {
    const { world } = heldShipment();
    world.play(carrier, 'OfferHandover', offer);
    world.play(terminal, 'RejectHandover', { ...accept, reason: 'held' });
    expect(world.get(keys.custody(ucr))?.custodian).to.equal('CARRIER1');
  });

  it('are seen to move all the same', () => {
    const { world } = heldShipment();
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    world.play(carrier, 'RegisterDevice', { requestId: 'd', kind: 'gps_eseal', proof });
    const seen = device.next({ ...observation(), bizStep: 'departing' });
    const { response } = world.play(terminal, 'RecordStatements', { statements: [seen] });
    expect(response).to.have.nested.property('results[0].status', 'accepted');
  });

  it('are not released', () => {
    const customs = new CustomsStage();
    customs.play(officer, 'DetainGoods');
    expect(customs.refusal(officer, 'ReleaseGoods').code).to.equal('GOODS_HELD');
  });

  function heldShipment(): { readonly world: TestWorld; readonly release: () => void } {
    const customs = new CustomsStage();
    customs.play(officer, 'PlaceHold');
    return { world: customs.world, release: () => void customs.play(officer, 'ReleaseHold', { hold: 1 }) };
  }
});
