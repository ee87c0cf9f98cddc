import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPublicKey } from '#crypto';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { equalBytes, utf8 } from '../codec/index.js';
import { signer, issue } from '../testing/certificates.js';
import { acceptableSignature } from './ecdsa.js';
import { isValidSignature, toLowS } from './index.js';

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid';
    }[];
  }[];
}

/** INTEGER in DER. */
function derOf(value: bigint): readonly number[] {
  const digits = value.toString(16);
  const bytes = [...hex(digits.padStart(digits.length + (digits.length % 2), '0'))];
  const content = (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes;
  return [0x02, content.length, ...content];
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('isValidSignature', () => {
  it('gives the verdicts of Wycheproof, but for high S, which Fabric refuses', function () {
    const file = join(needSharedData(this, 'wycheproof'), 'ecdsa_secp256r1_sha256_test.json');
    const { testGroups } = JSON.parse(readFileSync(file, 'utf8')) as Wycheproof;
    const counts = { accepted: 0, highS: 0, refused: 0 };
    for (const { publicKeyDer, tests } of testGroups) {
      const key = importPublicKey(hex(publicKeyDer))!;
      for (const { tcId, msg, sig, result } of tests) {
        const [message, signature] = [hex(msg), hex(sig)];
        const verdict = isValidSignature(key, message, signature);
        if (result === 'invalid') {
          expect(verdict, `test ${tcId}`).to.be.false;
          counts.refused++;
          continue;
        }
        const low = toLowS(signature, 'P-256');
        expect(isValidSignature(key, message, low), `test ${tcId} with low S`).to.be.true;
        const isLow = equalBytes(low, signature);
        expect(verdict, `test ${tcId}`).to.equal(isLow);
        counts[isLow ? 'accepted' : 'highS']++;
      }
    }
    expect(counts).to.deep.equal({ accepted: 103, highS: 71, refused: 310 });
  });

  it('takes S up to half of the order, and reads numbers of every length', () => {
    const { certificate } = issue(undefined, {});
    const half = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
    const sizes = Array.from({ length: 255 }, (_, bit) => 2n ** BigInt(bit));
    for (const s of [0n, half - 1n, half, half + 1n, half + 2n ** 200n, ...sizes, 2n ** 255n, 2n ** 256n]) {
      const [ofR, ofS] = [derOf(0x80n), derOf(s)];
      const signature = Uint8Array.of(0x30, ofR.length + ofS.length, ...ofR, ...ofS);
      const acceptable = acceptableSignature(certificate.publicKey, signature);
      expect(acceptable, s.toString(16)).to.equal(s > 0n && s <= half ? signature : undefined);
    }
  });

  it('ignores what stands behind s, as Fabric does', () => {
    const { certificate, key } = issue(undefined, {});
    const message = utf8('message');
    const signature = signer(key)(message);
    expect(isValidSignature(certificate.publicKey, message, signature)).to.be.true;
    expect(isValidSignature(certificate.publicKey, message, Uint8Array.of(...signature, 1, 2))).to.be.true;
    expect(isValidSignature(certificate.publicKey, utf8('other'), signature)).to.be.false;
  });
});
