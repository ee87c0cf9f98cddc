import { expect } from 'chai';
import { createECDH } from 'node:crypto';
import { verifyingKey, verifySignature } from '@passage/domain';
import { deviceKey, generatePrivateJwk } from './device-key.js';
import { seededKey } from './seeded-key.js';

describe('seededKey', () => {
  for (const alg of ['ES256', 'EdDSA'] as const) {
    it(`gives the same ${alg} key for the same seed and name, another for another`, () => {
      const kid = (seed: string, name: string): string => seededKey(alg, seed, name).kid;
      expect(kid('s', 'n')).to.equal(kid('s', 'n'));
      expect(new Set([kid('s', 'n'), kid('s', 'm'), kid('t', 'n')]).size).to.equal(3);
    });

    it(`signs what its public ${alg} key verifies`, () => {
      const key = seededKey(alg, 's', 'n');
      const data = Buffer.from('seen');
      expect(key.alg).to.equal(alg);
      expect(verifySignature(verifyingKey(key.jwk), data, key.sign(data))).to.equal(true);
      expect(verifySignature(verifyingKey(key.jwk), Buffer.from('Seen'), key.sign(data))).to.equal(false);
    });
  }

  it('signs the same with Ed25519 every time', () => {
    const sign = (): string =>
      Buffer.from(seededKey('EdDSA', 's', 'n').sign(Buffer.from('x'))).toString('hex');
    expect(sign()).to.equal(sign());
  });
});

describe('deviceKey', () => {
  for (const alg of ['ES256', 'EdDSA'] as const) {
    it(`refuses an ${alg} key whose public part is of another key`, () => {
      const stranger = generatePrivateJwk(alg);
      expect(() => deviceKey({ ...generatePrivateJwk(alg), d: stranger.d })).to.throw();
    });
  }

  it('refuses a key of another curve', () => {
    const ecdh = createECDH('secp384r1');
    const point = ecdh.generateKeys();
    const [x, y] = [point.subarray(1, 49), point.subarray(49)].map((part) => part.toString('base64url'));
    const jwk = { kty: 'EC', crv: 'P-384', x, y, d: ecdh.getPrivateKey('base64url') };
    expect(() => deviceKey(jwk as never)).to.throw();
  });
});
