import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { digest } from './digest.js';
import { isEcdsaPoint, verifyEcdsa, type Curve } from './ecdsa.js';

const message = new TextEncoder().encode('a block');
const lengths: Readonly<Record<Curve, number>> = { 'P-224': 28, 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const p224Order = 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn;
const orders: Readonly<Record<Curve, bigint>> = {
  'P-224': p224Order,
  'P-256': p256.Point.Fn.ORDER,
  'P-384': p384.Point.Fn.ORDER,
  'P-521': p521.Point.Fn.ORDER,
};

/** The point at the end of a SubjectPublicKeyInfo. */
const pointOf = (spki: Buffer, length: number): Buffer => spki.subarray(-(1 + 2 * length));

function withOtherS(signature: Buffer, curve: Curve): Buffer {
  const length = lengths[curve];
  const s = orders[curve] - BigInt(`0x${signature.subarray(length).toString('hex')}`);
  return Buffer.concat([
    signature.subarray(0, length),
    Buffer.from(s.toString(16).padStart(2 * length, '0'), 'hex'),
  ]);
}

describe('verifyEcdsa', () => {
  for (const [curve, length] of Object.entries(lengths) as [Curve, number][]) {
    for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
      it(`takes what OpenSSL signs on ${curve} with ${hash}, with either s`, () => {
        const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
        const point = pointOf(publicKey.export({ format: 'der', type: 'spki' }), length);
        const signature = sign(hash, message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
        expect(isEcdsaPoint(curve, point)).to.equal(true);
        for (const valid of [signature, withOtherS(signature, curve)]) {
          expect(verify(hash, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, valid)).to.equal(true);
          expect(verifyEcdsa(curve, point, digest(hash, message), valid)).to.equal(true);
        }
        expect(verifyEcdsa(curve, point, digest(hash, signature), signature)).to.equal(false);
        expect(verifyEcdsa(curve, point, digest(hash, message), signature.subarray(1))).to.equal(false);
        const nothing = Buffer.alloc(2 * length);
        expect(verifyEcdsa(curve, point, digest(hash, message), nothing)).to.equal(false);
      });
    }

    it(`knows what is a point of ${curve}`, () => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
      const spki = publicKey.export({ format: 'der', type: 'spki' });
      const point = pointOf(spki, length);
      const off = Buffer.from(point);
      off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
      const offSpki = Buffer.concat([spki.subarray(0, -point.length), off]);
      expect(() => createPublicKey({ key: offSpki, format: 'der', type: 'spki' })).to.throw();
      for (const [what, bytes] of Object.entries({
        'off the curve': off,
        infinity: Buffer.of(0),
        compressed: Buffer.concat([Buffer.of(2), point.subarray(1, 1 + length)]),
        hybrid: Buffer.concat([Buffer.of(6 + ((point.at(-1) ?? 0) & 1)), point.subarray(1)]),
        'cut off': point.subarray(0, -1),
        'not reduced': Buffer.concat([Buffer.of(4), Buffer.alloc(2 * length, 0xff)]),
        empty: Buffer.alloc(0),
      })) {
        expect(isEcdsaPoint(curve, bytes), what).to.equal(false);
      }
    });
  }
});
