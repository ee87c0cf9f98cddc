import { expect } from 'chai';
import { deviceKinds } from '../../device/device-kinds.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { partyCaller, TestDevice, testLedger, TestWorld } from '../../testing/index.js';

const carrier = partyCaller('CARRIER1');
const claim = { owner: 'CARRIER1', kind: 'gps_eseal', place: 'KRPUS' };

function registration(device: TestDevice, changes: JsonObject = {}): JsonObject {
  return {
    requestId: `register-${device.kid}`,
    kind: claim.kind,
    place: claim.place,
    proof: device.proof(claim),
    ...changes,
  };
}

describe('RegisterDevice', () => {
  it('records key, owner, kind and place for P-256 and Ed25519', () => {
    for (const device of [
      new TestDevice(testLedger),
      new TestDevice(testLedger, new Uint8Array(32).fill(1)),
    ]) {
      const world = TestWorld.started();
      const { writes, response } = world.play(carrier, 'RegisterDevice', registration(device));
      expect(writes).to.deep.equal([`device/${device.kid}`, `request/CARRIER1/register-${device.kid}`]);
      expect(response).to.deep.equal({ result: { kid: device.kid }, duplicate: false });
      expect(world.get(keys.device(device.kid))).to.deep.equal({
        v: 1,
        kid: device.kid,
        jwk: device.jwk,
        owner: 'CARRIER1',
        mspId: 'BusinessMSP',
        kind: 'gps_eseal',
        place: 'KRPUS',
        status: 'active',
        registeredAt: world.now(),
      });
    }
  });

  it('takes every kind of the list, and a device without a place', () => {
    const world = TestWorld.started();
    for (const kind of deviceKinds) {
      const device = new TestDevice(testLedger);
      const proof = device.proof({ owner: 'CARRIER1', kind });
      world.play(carrier, 'RegisterDevice', { requestId: kind, kind, proof });
      expect(world.get(keys.device(device.kid))).not.to.have.property('place');
    }
  });

  it('refuses a key that was ever registered, also to its owner and after it was revoked', () => {
    const world = TestWorld.started();
    const device = new TestDevice(testLedger);
    world.play(carrier, 'RegisterDevice', registration(device));
    const again = registration(device, { requestId: 'again' });
    expect(world.refusal(carrier, 'RegisterDevice', again).code).to.equal('DEVICE_EXISTS');
    world.play(carrier, 'RevokeDevice', { requestId: 'revoke', kid: device.kid, reason: 'lost' });
    expect(world.refusal(carrier, 'RegisterDevice', again).code).to.equal('DEVICE_EXISTS');
  });

  it('refuses a proof that speaks of another owner, kind or place', () => {
    const world = TestWorld.started();
    const device = new TestDevice(testLedger);
    for (const [wrong, pointer] of [
      [{ ...claim, owner: 'TERMINAL1' }, '/proof/owner'],
      [{ ...claim, kind: 'drone' }, '/proof/kind'],
      [{ ...claim, place: 'KRINC' }, '/proof/place'],
      [{ owner: claim.owner, kind: claim.kind }, '/proof/place'],
    ] as const) {
      const refusal = world.refusal(
        carrier,
        'RegisterDevice',
        registration(device, { proof: device.proof(wrong) }),
      );
      expect(refusal.code).to.equal('INVALID_FIELD');
      expect(refusal.details['violations']).to.have.nested.property('[0].pointer', pointer);
    }
  });

  it("refuses another party that uses an owner's proof", () => {
    const world = TestWorld.started();
    const input = registration(new TestDevice(testLedger));
    expect(world.refusal(partyCaller('SELLER1'), 'RegisterDevice', input).code).to.equal('INVALID_FIELD');
  });

  it('refuses a proof for another ledger', () => {
    const device = new TestDevice(testLedger);
    const proof = device.proof(claim, 'cd'.repeat(32));
    const refusal = TestWorld.started().refusal(carrier, 'RegisterDevice', registration(device, { proof }));
    expect(refusal.code).to.equal('WRONG_LEDGER');
  });

  it('refuses a proof that another key has signed', () => {
    const device = new TestDevice(testLedger);
    const [header, payload] = device.proof(claim).split('.');
    const [, , signature] = new TestDevice(testLedger).proof(claim).split('.');
    const proof = [header, payload, signature].join('.');
    const refusal = TestWorld.started().refusal(carrier, 'RegisterDevice', registration(device, { proof }));
    expect(refusal.code).to.equal('SIGNATURE_INVALID');
    expect(refusal.details['violations']).to.have.nested.property('[0].pointer', '/proof');
  });

  it('lists a kind that is no word, a place that is none and a proof that is none at once', () => {
    const input = { requestId: 'r', kind: 'Crystal ball', place: 'Busan', proof: 'x' };
    const refusal = TestWorld.started().refusal(carrier, 'RegisterDevice', input);
    const pointers = (refusal.details['violations'] as readonly JsonObject[]).map(({ pointer }) => pointer);
    expect(pointers).to.deep.equal(['/kind', '/proof', '/place']);
  });
});

describe('RevokeDevice', () => {
  function withDevice(): { readonly world: TestWorld; readonly kid: string } {
    const world = TestWorld.started();
    const device = new TestDevice(testLedger);
    world.play(carrier, 'RegisterDevice', registration(device));
    return { world, kid: device.kid };
  }

  it('marks the key as revoked, with time and reason, and keeps the rest', () => {
    const { world, kid } = withDevice();
    const before = world.get(keys.device(kid));
    const { writes } = world.play(carrier, 'RevokeDevice', { requestId: 'r', kid, reason: 'stolen' });
    expect(writes).to.deep.equal([`device/${kid}`, 'request/CARRIER1/r']);
    expect(world.get(keys.device(kid))).to.deep.equal({
      ...before,
      status: 'revoked',
      revokedAt: world.now(),
      reason: 'stolen',
    });
  });

  it('is for the owner', () => {
    const { world, kid } = withDevice();
    const refusal = world.refusal(partyCaller('SELLER1'), 'RevokeDevice', {
      requestId: 'r',
      kid,
      reason: 'x',
    });
    expect(refusal.code).to.equal('NOT_OWNER');
    expect(refusal.details).to.deep.equal({ kid, owner: 'CARRIER1' });
  });

  it('is refused a second time', () => {
    const { world, kid } = withDevice();
    world.play(carrier, 'RevokeDevice', { requestId: 'r1', kid, reason: 'x' });
    expect(world.refusal(carrier, 'RevokeDevice', { requestId: 'r2', kid, reason: 'x' }).code).to.equal(
      'DEVICE_REVOKED',
    );
  });

  it('needs a device that is registered', () => {
    const input = { requestId: 'r', kid: 'A'.repeat(43), reason: 'x' };
    expect(TestWorld.started().refusal(carrier, 'RevokeDevice', input).code).to.equal('DEVICE_UNKNOWN');
  });
});
