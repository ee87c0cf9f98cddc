import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { expect } from 'chai';
import { range } from '../at.js';
import { BatchVerifier } from '../batch-verifier.js';
import type { KeyObject } from 'node:crypto';
import type { SignedMessage } from '../batch-verifier.js';
import type { SignatureEncoding } from '../ecdsa/encoding.js';

/** Gives every key a table as soon as it is met. */
export const eager = { patience: 0, worth: 1, tables: 16 };

function verdictsOfOpenSsl(signed: readonly SignedMessage[], dsaEncoding: SignatureEncoding): boolean[] {
  return signed.map(({ key, message, signature }) => {
    const whole = message instanceof Uint8Array ? message : Buffer.concat(message);
    try {
      return verify('sha256', whole, { key, dsaEncoding }, signature);
    } catch {
      return false;
    }
  });
}

export function expectEqual(
  verifier: BatchVerifier,
  signed: readonly SignedMessage[],
  encoding: SignatureEncoding = 'der',
): readonly boolean[] {
  const verdicts = verifier.verify(signed, encoding);
  expect(verdicts).to.deep.equal(verdictsOfOpenSsl(signed, encoding));
  return verdicts;
}

export const pair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
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

/** Gives a verifier so many times 256 signatures by a dozen keys, a quarter of them tampered with, and OpenSSL the same. */
export function compareWithOpenSsl(rounds: number, encoding: SignatureEncoding): void {
  const verifier = new BatchVerifier(eager);
  const pairs = range(12).map(pair);
  for (const round of range(rounds)) {
    const signed = range(256).map((i) => {
      const { publicKey, privateKey } = pairs[(i * 7 + round) % pairs.length] ?? pair();
      const whole = randomBytes(i % 50 === 0 ? 70_000 : i);
      const signature = sign('sha256', whole, { key: privateKey, dsaEncoding: encoding });
      const message = i % 3 === 0 ? whole : [whole.subarray(0, i >> 1), whole.subarray(i >> 1)];
      const tamper = i % 4 === 1 ? tampered[(i >> 2) % tampered.length] : undefined;
      return { key: publicKey, message, signature: tamper?.(signature) ?? signature };
    });
    const verdicts = expectEqual(verifier, signed, encoding);
    expect(verdicts.filter(Boolean)).to.have.length.of.at.least(192);
    expect(verdicts).to.include(false);
  }
}
