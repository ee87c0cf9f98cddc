import { generateKeyPairSync, sign, verify } from 'node:crypto';

import { expect } from 'chai';
import fc from 'fast-check';

import { derSignature } from './der-signature.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** r‖s with the given bytes at the end of each half. */
function signatureOf(r: readonly number[], s: readonly number[]): Uint8Array {
  const both = new Uint8Array(64);
  both.set(r, 32 - r.length);
  both.set(s, 64 - s.length);
  return both;
}

describe('derSignature', () => {
  it('leaves out leading zeros, and sets one before a first bit that is set', () => {
    expect(hex(derSignature(signatureOf([], [0x7f])))).to.equal('30060201000201' + '7f');
    expect(hex(derSignature(signatureOf([0x80], [0x01, 0x00])))).to.equal('300802020080' + '02020100');
    const full = new Uint8Array(64).fill(0xff);
    expect(hex(derSignature(full))).to.equal(`3046022100${'ff'.repeat(32)}022100${'ff'.repeat(32)}`);
  });

  it('is verified where the signature itself is, and only there', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const raw = { dsaEncoding: 'ieee-p1363' } as const;
    const bit = fc.integer({ min: 0, max: 511 });
    fc.assert(
      fc.property(fc.uint8Array(), bit, (message, flipped) => {
        const signature = sign('sha256', message, { key: privateKey, ...raw });
        expect(verify('sha256', message, publicKey, derSignature(signature))).to.equal(true);
        signature[flipped >> 3] = (signature[flipped >> 3] ?? 0) ^ (1 << (flipped & 7));
        expect(verify('sha256', message, publicKey, derSignature(signature))).to.equal(
          verify('sha256', message, { key: publicKey, ...raw }, signature),
        );
      }),
      { numRuns: 300 },
    );
  });
});
