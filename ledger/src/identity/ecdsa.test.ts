import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPublicKey } from '#crypto';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { equalBytes, utf8 } from '../codec/index.js';
import { signer, issue } from '../testing/certificates.js';
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

  it('ignores what stands behind s, as Fabric does', () => {
    const { certificate, key } = issue(undefined, {});
    const message = utf8('message');
    const signature = signer(key)(message);
    expect(isValidSignature(certificate.publicKey, message, signature)).to.be.true;
    expect(isValidSignature(certificate.publicKey, message, Uint8Array.of(...signature, 1, 2))).to.be.true;
    expect(isValidSignature(certificate.publicKey, utf8('other'), signature)).to.be.false;
  });
});
