import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { range } from './at.js';
import { BatchVerifier } from './batch-verifier.js';
import type { KeyObject } from 'node:crypto';
import type { SignatureEncoding } from './ecdsa/encoding.js';
import type { SignedMessage } from './batch-verifier.js';

/** Gives every key a table as soon as it is met. */
const eager = { patience: 0, worth: 1, tables: 16 };

function verdictsOfOpenSsl(signed: readonly SignedMessage[], dsaEncoding: SignatureEncoding): boolean[] {
  return signed.map(({ key, message, signature }) => {
    try {
      return verify('sha256', message, { key, dsaEncoding }, signature);
    } catch {
      return false;
    }
  });
}

function expectEqual(
  verifier: BatchVerifier,
  signed: readonly SignedMessage[],
  encoding: SignatureEncoding = 'der',
): readonly boolean[] {
  const verdicts = verifier.verify(signed, encoding);
  expect(verdicts).to.deep.equal(verdictsOfOpenSsl(signed, encoding));
  return verdicts;
}

const pair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** What there is to a signature that somebody has tampered with. */
const tampered: readonly ((signature: Buffer) => Buffer)[] = [
  (signature) => signature,
  (signature) => {
    const changed = Buffer.from(signature);
    const at = changed.length - 1 - ((changed.at(-1) ?? 0) % 60);
    changed[at] = (changed[at] ?? 0) ^ (1 << (changed.length % 8));
    return changed;
  },
  (signature) => Buffer.concat([signature, Buffer.of(0)]),
  (signature) => signature.subarray(0, -1),
  () => Buffer.alloc(0),
  () => Buffer.from('3006020100020100', 'hex'),
  (signature) => Buffer.concat([Buffer.of(0x30, 0x81, signature.length - 2), signature.subarray(2)]),
  (signature) =>
    Buffer.concat([
      Buffer.of(0x30, signature.length - 1, 2, (signature[3] ?? 0) + 1, 0),
      signature.subarray(4),
    ]),
];

describe('a batch verifier', function () {
  this.timeout(60_000);

  it('has the verdict of OpenSSL for each of thousands of signatures', () => {
    const verifier = new BatchVerifier(eager);
    const pairs = range(12).map(pair);
    for (const encoding of ['der', 'ieee-p1363'] as const) {
      let yes = 0;
      for (const round of range(8)) {
        const signed = range(256).map((i) => {
          const { publicKey, privateKey } = pairs[(i * 7 + round) % pairs.length] ?? pair();
          const message = randomBytes(i);
          const signature = sign('sha256', message, { key: privateKey, dsaEncoding: encoding });
          const tamper = i % 4 === 1 ? tampered[(i >> 2) % tampered.length] : undefined;
          return { key: publicKey, message, signature: tamper?.(signature) ?? signature };
        });
        yes += expectEqual(verifier, signed, encoding).filter(Boolean).length;
      }
      expect(yes).to.be.above(1536);
    }
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
        expectEqual(few, signed.slice(from, from + 20), encoding);
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
