import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { range } from './at.js';
import { BatchVerifier } from './batch-verifier.js';
import { compareWithOpenSsl, eager, expectEqual, pair } from './testing/compare-with-openssl.js';

describe('a batch verifier', function () {
  this.timeout(60_000);

  it('has the verdict of OpenSSL for each of thousands of signatures', () => {
    for (const encoding of ['der', 'ieee-p1363'] as const) compareWithOpenSsl(4, encoding);
  });

  it("has it for Wycheproof's vectors, too", function () {
    for (const [name, encoding] of [
      ['ecdsa_secp256r1_sha256_test', 'der'],
      ['ecdsa_secp256r1_sha256_p1363_test', 'ieee-p1363'],
    ] as const) {
      const file = readFileSync(`${needSharedData(this, 'wycheproof')}${name}.json`, 'utf8');
      const { testGroups } = JSON.parse(file) as Vectors;
      const signed = testGroups.flatMap(({ publicKeyDer, tests }) => {
        const key = createPublicKey({ key: Buffer.from(publicKeyDer, 'hex'), format: 'der', type: 'spki' });
        return tests.map(({ msg, sig, result }) => ({
          key,
          message: Buffer.from(msg, 'hex'),
          signature: Buffer.from(sig, 'hex'),
          isValid: result === 'valid',
        }));
      });
      expect(signed.length).to.be.above(200);
      const verifier = new BatchVerifier({ ...eager, tables: 200 });
      const verdicts = expectEqual(verifier, signed, encoding);
      expect(verdicts).to.deep.equal(signed.map(({ isValid }) => isValid));
      // Once more, a few at a time, by keys that already have their tables, and by those that lose them to others.
      const few = new BatchVerifier({ ...eager, tables: 2 });
      for (let from = 0; from < signed.length; from += 20)
        expectEqual(few, signed.slice(from, from + 100), encoding);
    }
  });

  it('leaves keys of other kinds to OpenSSL', () => {
    const message = Buffer.from('a block');
    const signed = (['P-384', 'secp256k1', 'P-256'] as const).flatMap((namedCurve) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
      const signature = sign('sha256', message, privateKey);
      return range(20).map((i) => ({
        key: publicKey,
        message: i % 5 === 0 ? Buffer.of(i) : message,
        signature,
      }));
    });
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const byRsa = { key: publicKey, message, signature: sign('sha256', message, privateKey) };
    expect(expectEqual(new BatchVerifier(eager), [byRsa, ...signed])).to.include(false);
  });

  it('says the same before it has met enough signatures for tables, and afterwards', () => {
    const verifier = new BatchVerifier();
    const { publicKey, privateKey } = pair();
    const signed = range(50).map((i) => {
      const message = Buffer.of(i);
      return {
        key: publicKey,
        message,
        signature: sign('sha256', i % 10 === 0 ? Buffer.of(99) : message, privateKey),
      };
    });
    for (let round = 0; round < 12; round++) {
      expect(verifier.verify(signed)).to.deep.equal(signed.map((_, i) => i % 10 !== 0));
    }
  });
});

interface Vectors {
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly { readonly msg: string; readonly sig: string; readonly result: string }[];
  }[];
}
