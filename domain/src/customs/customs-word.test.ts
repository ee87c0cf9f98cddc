import { expect } from 'chai';
import { encodeRecord } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { partyCaller, shipmentInput, TestDevice, testLedger, testUcr, TestWorld } from '../testing/index.js';
import { isCustomsKey, isForged, isKeptByCustoms } from './customs-word.js';

const anything = Buffer.from('anything');
const others = [[], ['PortMSP', 'BusinessMSP'], ['PortMSP', 'BusinessMSP', 'AuditorMSP']];
const notEnough = [['CustomsMSP'], ['CustomsMSP', 'AuditorMSP'], ['CustomsMSP', 'CustomsMSP']];
const customsKeys = [
  keys.customs(testUcr),
  keys.hold(testUcr, 1),
  keys.aeo('P'),
  keys.acceptance('P:1'),
  keys.risk(testUcr),
  keys.inspection(testUcr, 1),
];
const enough = [
  ['CustomsMSP', 'PortMSP'],
  ['BusinessMSP', 'CustomsMSP'],
  ['AuditorMSP', 'PortMSP', 'BusinessMSP', 'CustomsMSP'],
];

describe('isForged', () => {
  const ours = [...customsKeys, keys.guard('CustomsMSP'), keys.shipment(testUcr)];

  it('says so of a key of customs or a shipment that customs and another have not endorsed', () => {
    for (const key of ours) {
      for (const endorsers of [...others, ...notEnough])
        expect(isForged(key, anything, endorsers), `${key} by ${endorsers.join()}`).to.equal(true);
      for (const endorsers of enough)
        expect(isForged(key, anything, endorsers), `${key} by ${endorsers.join()}`).to.equal(false);
    }
  });

  it('leaves what anybody may write, and keys of nobody, alone', () => {
    for (const key of [
      keys.acknowledgement(testUcr, 1),
      keys.custody(testUcr),
      keys.party('P'),
      'customs',
      'x/y',
    ]) {
      expect(isForged(key, anything, ['PortMSP', 'BusinessMSP']), key).to.equal(false);
    }
  });

  it('says so of a device on which customs seems to have spoken', () => {
    const world = TestWorld.started();
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'drone' });
    world.play(partyCaller('CARRIER1'), 'RegisterDevice', { requestId: 'd', kind: 'drone', proof });
    const key = keys.device(device.kid);
    const record = world.get(key);
    if (record === undefined) throw new Error('no device');
    const at = record.registeredAt;
    const say = (change: Partial<typeof record>): boolean =>
      isForged(key, encodeRecord({ ...record, ...change }), ['PortMSP', 'BusinessMSP']);
    const suspended = (by: 'owner' | 'customs' | 'equivocation'): boolean =>
      say({ status: 'suspended', suspension: { by, at, reason: 'r' } });
    expect(say({})).to.equal(false);
    expect(suspended('owner')).to.equal(false);
    expect(suspended('equivocation')).to.equal(false);
    expect(suspended('customs')).to.equal(true);
    const claim = { since: { block: 1 }, claimedAt: at };
    expect(say({ status: 'revoked', compromise: claim })).to.equal(false);
    expect(say({ status: 'revoked', compromise: { ...claim, confirmedAt: at, confirmedBy: 'O' } })).to.equal(
      true,
    );
    expect(isForged(key, anything, ['PortMSP', 'BusinessMSP'])).to.equal(false);
  });
});

describe("what customs' keys rest on", () => {
  it('is a policy without which nothing of customs counts', () => {
    expect(isKeptByCustoms({ allOf: 'CustomsMSP', oneOf: ['PortMSP'] })).to.equal(true);
    expect(isKeptByCustoms({ allOf: 'PortMSP', oneOf: ['CustomsMSP'] })).to.equal(false);
    expect(isKeptByCustoms(undefined)).to.equal(false);
    expect(customsKeys.every(isCustomsKey)).to.equal(true);
    expect([keys.custody('U'), keys.shipment('U'), 'customs', 'other/1'].some(isCustomsKey)).to.equal(false);
  });

  it('is asked of each shipment by the first transaction that names it', () => {
    const world = TestWorld.started();
    const { policies } = world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    for (const policy of Object.values(policies)) {
      expect('allOf' in policy && isKeptByCustoms(policy)).to.equal(true);
    }
  });
});
