import { expect } from 'chai';
import { DeviceLife, idOf, partyCaller, TestDevice, testLedger } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');

describe('RotateDevice', () => {
  const fresh = (): TestDevice => new TestDevice(testLedger);
  const claim = { owner: 'CARRIER1', kind: 'gps_eseal' };

  it("gives the device a new key and carries the old one's last statement over", () => {
    const life = new DeviceLife();
    const [old, next] = [life.device, fresh()];
    const statements = [old.next(), old.next(), old.next()];
    life.record(...statements.slice(0, 1));
    const result = life.act(owner, 'RotateDevice', {
      proof: next.proof(claim),
      rotation: old.rotationTo(next.kid),
    });
    const at = life.world.now();
    const end = { seq: 3, last: idOf(statements[2] ?? ''), at };
    expect(result).to.deep.equal({ kid: next.kid, predecessor: old.kid });
    expect(life.get()).to.deep.include({ status: 'rotated', successor: { kid: next.kid, ...end } });
    expect(life.get(next.kid)).to.deep.equal({
      v: 1,
      kid: next.kid,
      jwk: next.jwk,
      owner: 'CARRIER1',
      mspId: 'BusinessMSP',
      kind: 'gps_eseal',
      status: 'active',
      registeredAt: at,
      predecessor: { kid: old.kid, ...end },
    });
    life.record(next.next());
  });

  it('leaves the device where it stands, and its calibration as it was', () => {
    const life = new DeviceLife();
    const [old, next] = [fresh(), fresh()];
    const fixed = { ...claim, place: 'KRPUS' };
    const calibratedUntil = '2026-06-01T00:00:00.000Z';
    const registration = { kind: claim.kind, place: 'KRPUS', calibratedUntil, proof: old.proof(fixed) };
    life.act(owner, 'RegisterDevice', registration);
    expect(life.get(old.kid)).to.include({ place: 'KRPUS', calibratedUntil });
    const rotation = old.rotationTo(next.kid);
    const mobile = { proof: next.proof(claim), rotation };
    expect(life.refusal(owner, 'RotateDevice', mobile)).to.equal('INVALID_FIELD');
    life.act(owner, 'RotateDevice', { proof: next.proof(fixed), rotation });
    expect(life.get(next.kid)).to.include({ place: 'KRPUS', calibratedUntil });
  });

  it('takes what the old key had signed by then, in any order, and nothing beyond', () => {
    const life = new DeviceLife();
    const [old, next] = [life.device, fresh()];
    const statements = [old.next(), old.next()];
    const other = old.statement({ seq: 2, prev: idOf('other.x') });
    life.act(owner, 'RotateDevice', { proof: next.proof(claim), rotation: old.rotationTo(next.kid) });
    expect(life.unrecorded(old.next())).to.include({ code: 'DEVICE_ROTATED', pointer: '/header/seq' });
    expect(life.unrecorded(other)).to.include({ code: 'SEQUENCE_USED', pointer: '/header/seq' });
    life.record(...statements.reverse());
  });

  it('rotates a key that has signed nothing', () => {
    const life = new DeviceLife();
    const next = fresh();
    life.act(owner, 'RotateDevice', {
      proof: next.proof(claim),
      rotation: life.device.rotationTo(next.kid),
    });
    expect(life.get()?.successor).to.deep.equal({ kid: next.kid, seq: 0, at: life.world.now() });
    expect(life.unrecorded(life.device.next())).to.include({ code: 'DEVICE_ROTATED' });
  });

  it('refuses what the old key has not signed just so', () => {
    const life = new DeviceLife();
    const [old, next] = [life.device, fresh()];
    const proof = next.proof(claim);
    const [header, payload] = old.rotationTo(next.kid).split('.');
    const [, , signature] = next.rotationTo(next.kid).split('.');
    const forged = [header, payload, signature].join('.');
    for (const [rotation, code] of [
      [forged, 'SIGNATURE_INVALID'],
      [next.rotationTo(next.kid), 'DEVICE_UNKNOWN'],
      [old.rotationTo('A'.repeat(43)), 'INVALID_FIELD'],
      [old.rotationTo(next.kid, { seq: 1 }), 'INVALID_FIELD'],
      [old.rotationTo(next.kid, { last: idOf('x.y') }), 'INVALID_FIELD'],
      [old.rotationTo(next.kid, {}, 'cd'.repeat(32)), 'WRONG_LEDGER'],
      [old.proof(claim), 'INVALID_HEADER'],
    ] as const) {
      expect(life.refusal(owner, 'RotateDevice', { proof, rotation }), rotation).to.equal(code);
    }
    const rotation = old.rotationTo(next.kid);
    expect(life.refusal(stranger, 'RotateDevice', { proof, rotation })).to.equal('NOT_OWNER');
    const elsewhere = next.proof({ ...claim, kind: 'drone' });
    expect(life.refusal(owner, 'RotateDevice', { proof: elsewhere, rotation })).to.equal('INVALID_FIELD');
  });

  it('refuses a key that was ever registered, and an old key that is not active', () => {
    const life = new DeviceLife();
    const [old, next, third] = [life.device, fresh(), fresh()];
    const toItself = { proof: old.proof(claim), rotation: old.rotationTo(old.kid) };
    expect(life.refusal(owner, 'RotateDevice', toItself)).to.equal('DEVICE_EXISTS');
    const toNext = { proof: next.proof(claim), rotation: old.rotationTo(next.kid) };
    life.suspend(owner);
    expect(life.refusal(owner, 'RotateDevice', toNext)).to.equal('DEVICE_SUSPENDED');
    life.resume(owner);
    life.act(owner, 'RotateDevice', toNext);
    const toThird = { proof: third.proof(claim), rotation: old.rotationTo(third.kid) };
    expect(life.refusal(owner, 'RotateDevice', toThird)).to.equal('DEVICE_ROTATED');
    const back = { proof: old.proof(claim), rotation: next.rotationTo(old.kid) };
    expect(life.refusal(owner, 'RotateDevice', back)).to.equal('DEVICE_EXISTS');
    expect(life.refusal(owner, 'RegisterDevice', { kind: claim.kind, proof: old.proof(claim) })).to.be.oneOf([
      'INVALID_FIELD',
      'DEVICE_EXISTS',
    ]);
  });

  it('leaves a rotated key that may still be revoked', () => {
    const life = new DeviceLife();
    const next = fresh();
    const statement = life.device.next();
    const rotation = life.device.rotationTo(next.kid);
    life.act(owner, 'RotateDevice', { proof: next.proof(claim), rotation });
    life.revoke();
    expect(life.unrecorded(statement)).to.include({ code: 'DEVICE_REVOKED' });
  });
});
