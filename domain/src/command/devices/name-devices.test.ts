import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { observation, partyCaller, TestDevice, testLedger, TestWorld } from '../../testing/index.js';
import type { JsonObject } from '../../json/value.js';
import type { StatementRefusal } from '../statements/judge-statement.js';

const owner = partyCaller('CARRIER1');
const [seal, other] = ['urn:epc:id:giai:4000001.111', 'https://id.gs1.org/8004/4000001112'];

/** A ledger with an edge signer of CARRIER1. */
function withSigner(members: JsonObject = {}): { readonly world: TestWorld; readonly signer: TestDevice } {
  const world = TestWorld.started();
  const signer = new TestDevice(testLedger);
  const proof = signer.proof({ owner: 'CARRIER1', kind: 'edge_signer' });
  world.play(owner, 'RegisterDevice', { requestId: 'signer', kind: 'edge_signer', proof, ...members });
  return { world, signer };
}

/** Why a statement of the signer for a device is refused: code and pointer; undefined where it is taken. */
function refusalOf(
  { world, signer }: ReturnType<typeof withSigner>,
  payload: JsonObject,
): string | undefined {
  const statements = [signer.statement({ payload: { ...observation(), ...payload } })];
  try {
    world.play(partyCaller('TERMINAL1'), 'RecordStatements', { statements });
    return undefined;
  } catch (error) {
    const { details } = error as { readonly details: { readonly refused: readonly StatementRefusal[] } };
    return details.refused.map(({ code, pointer }) => `${code} ${pointer}`).join();
  }
}

describe('an edge signer', () => {
  it('signs for the devices that it was registered with, and for no other', () => {
    const stage = withSigner({ signsFor: [seal] });
    expect(refusalOf(stage, { 'psg:signedFor': other })).to.equal('DEVICE_NOT_NAMED /payload/psg:signedFor');
    expect(refusalOf(stage, { 'psg:signedFor': seal })).to.equal(undefined);
  });

  it('signs for nobody until devices are named, and speaks for itself as any device', () => {
    const stage = withSigner();
    expect(refusalOf(stage, { 'psg:signedFor': seal })).to.match(/^DEVICE_NOT_NAMED/);
    expect(refusalOf(stage, {})).to.equal(undefined);
  });

  it('is given all its devices anew, and a rotation hands them on', () => {
    const { world, signer } = withSigner({ signsFor: [seal] });
    const { kid } = signer;
    const { writes } = world.play(owner, 'NameDevices', { requestId: 'n', kid, signsFor: [other] });
    expect(writes).to.deep.equal([keys.device(kid), 'request/CARRIER1/n']);
    expect(world.get(keys.device(kid))?.signsFor).to.deep.equal([other]);
    const next = new TestDevice(testLedger);
    const proof = next.proof({ owner: 'CARRIER1', kind: 'edge_signer' });
    const rotation = signer.rotationTo(next.kid);
    world.play(owner, 'RotateDevice', { requestId: 'r', proof, rotation });
    expect(world.get(keys.device(next.kid))?.signsFor).to.deep.equal([other]);
    const again = world.refusal(owner, 'NameDevices', { requestId: 'm', kid, signsFor: [] });
    expect(again.code).to.equal('DEVICE_ROTATED');
  });

  it('is named at most 64 devices, each once and as a URI', () => {
    const { world, signer } = withSigner();
    const many = Array.from({ length: 65 }, (_, index) => `urn:x:${String(index)}`);
    for (const signsFor of [many, [seal, seal], ['seal 1'], 'urn:x:1']) {
      const input = { requestId: 'n', kid: signer.kid, signsFor };
      expect(world.refusal(owner, 'NameDevices', input).code).to.equal('INVALID_FIELD');
    }
    world.play(owner, 'NameDevices', { requestId: 'n', kid: signer.kid, signsFor: many.slice(1) });
  });

  it('alone signs for others', () => {
    const { world } = withSigner();
    const device = new TestDevice(testLedger);
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    const input = { requestId: 'd', kind: 'gps_eseal', proof };
    const refused = world.refusal(owner, 'RegisterDevice', { ...input, signsFor: [seal] });
    expect(refused.details['violations']).to.have.nested.property('[0].pointer', '/signsFor');
    world.play(owner, 'RegisterDevice', input);
    const named = world.refusal(owner, 'NameDevices', { requestId: 'n', kid: device.kid, signsFor: [seal] });
    expect(named.code).to.equal('INVALID_FIELD');
    expect(refusalOf({ world, signer: device }, { 'psg:signedFor': seal })).to.match(/^DEVICE_NOT_NAMED/);
  });

  it('names the device in the event itself, by the one name of that member', () => {
    const stage = withSigner({ signsFor: [seal] });
    for (const [payload, pointer] of [
      [{ 'psg:signedFor': 'seal 1' }, '/psg:signedFor'],
      [{ 'urn:passage:voc:signedFor': seal }, '/urn:passage:voc:signedFor'],
      [{ readPoint: { id: 'urn:x:1', 'psg:signedFor': seal } }, '/readPoint/psg:signedFor'],
    ] as const) {
      expect(refusalOf(stage, payload)).to.equal(`INVALID_FIELD /payload${pointer}`);
    }
  });
});
