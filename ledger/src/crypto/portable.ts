import { digest, isEcdsaPoint, verifyEcdsa, verifyEd25519, verifyRsaPkcs1 } from '@passage/portable-crypto';
import { DerReader, DerTag, concatBytes, equalBytes, toHex } from '../codec/index.js';
import { recover } from '../errors.js';
import { readPublicKeyInfo } from './public-key-info.js';
import type { HashName, Message, PublicKey, SignatureCheck } from './node.js';
import type { PublicKeyInfo } from './public-key-info.js';

/** The same as node.ts where there is no `node:crypto`, in a browser: package.json chooses. One test runs both. */
export type { Curve, HashName, Message, PublicKey, SignatureCheck } from './node.js';

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return digest('sha256', ...parts);
}

export function sha256Hex(...parts: readonly Uint8Array[]): string {
  return toHex(sha256(...parts));
}

export const sameBytes = equalBytes;

export function importPublicKey(spki: Uint8Array): PublicKey | undefined {
  const info = readPublicKeyInfo(spki);
  if (info?.algorithm !== 'ECDSA') return info && { algorithm: info.algorithm, handle: info };
  const { algorithm, curve, point } = info;
  return isEcdsaPoint(curve, point) ? { algorithm, curve, handle: info } : undefined;
}

export function verifySignature(
  key: PublicKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const info = key.handle as PublicKeyInfo;
  switch (info.algorithm) {
    case 'ECDSA': {
      const raw = rawSignature(signature, (info.point.length - 1) / 2);
      return raw !== undefined && verifyEcdsa(info.curve, info.point, digest(hash, message), raw);
    }
    case 'Ed25519':
      return verifyEd25519(info.key, message, signature);
    case 'RSA':
      return verifyRsaPkcs1(info, hash, message, signature);
  }
}

export function wholeMessage(message: Message): Uint8Array {
  return message instanceof Uint8Array ? message : concatBytes(...message);
}

export function verifySignatures(checks: readonly SignatureCheck[]): readonly boolean[] {
  return checks.map(({ key, message, signature }) =>
    verifySignature(key, 'sha256', wholeMessage(message), signature),
  );
}

/** r‖s, each of `length` bytes, from SEQUENCE {r, s} in strict DER (RFC 3279 section 2.2.3). */
function rawSignature(signature: Uint8Array, length: number): Uint8Array | undefined {
  return recover(
    () => {
      const outer = new DerReader(signature);
      const fields = outer.enter(DerTag.SEQUENCE);
      outer.end();
      const [r, s] = [padded(fields.positive(), length), padded(fields.positive(), length)];
      fields.end();
      return r && s && concatBytes(r, s);
    },
    () => undefined,
  );
}

function padded(digits: Uint8Array | undefined, length: number): Uint8Array | undefined {
  if (digits === undefined || digits.length > length) return undefined;
  return concatBytes(new Uint8Array(length - digits.length), digits);
}
