import { digest, isEcdsaPoint, verifyEcdsa, verifyEd25519 as verifyPure } from '@passage/portable-crypto';
import { decodeBase64url } from '../bytes/base64url.js';
import { concatBytes } from '../bytes/bytes.js';
import type { PublicKeyHandle } from './node.js';

/** The same as node.ts where there is no `node:crypto`, in a browser: package.json chooses. One test runs both. */
export type { PublicKeyHandle } from './node.js';

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return digest('sha256', ...parts);
}

export function importP256(x: string, y: string): PublicKeyHandle {
  const point = concatBytes([Uint8Array.of(0x04), coordinate(x), coordinate(y)]);
  if (!isEcdsaPoint('P-256', point)) throw new TypeError('no point of P-256');
  return point;
}

export function importEd25519(x: string): PublicKeyHandle {
  return coordinate(x);
}

function coordinate(text: string): Uint8Array {
  const bytes = decodeBase64url(text);
  if (bytes?.length !== 32) throw new TypeError('no coordinate of 32 bytes');
  return bytes;
}

export function verifyEs256(key: PublicKeyHandle, data: Uint8Array, signature: Uint8Array): boolean {
  return verifyEcdsa('P-256', key as Uint8Array, sha256(data), signature);
}

export function verifyEd25519(key: PublicKeyHandle, data: Uint8Array, signature: Uint8Array): boolean {
  return verifyPure(key as Uint8Array, data, signature);
}
