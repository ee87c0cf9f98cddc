import { createHash, createPublicKey, hash as digestOf, verify, type KeyObject } from 'node:crypto';

import { derSignature } from './der-signature.js';

/**
 * The one door to cryptography. Browsers get portable.ts in its place; the verdicts of both are the same: ECDSA takes a high
 * S as well as a low one, Ed25519 compares R itself (RFC 8032 without the cofactor).
 *
 * A handle is an imported key, and nobody else's to look into.
 */
export type PublicKeyHandle = object;

/** Where short parts of a hash are laid side by side: one call takes less time than an object with a call for each part. */
const scratch = new Uint8Array(4096);

/** SHA-256 (FIPS 180-4) over the concatenation of the given bytes: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  if (parts.reduce((sum, { length }) => sum + length, 0) <= scratch.length) {
    let filled = 0;
    for (const part of parts) {
      scratch.set(part, filled);
      filled += part.length;
    }
    return digestOf('sha256', scratch.subarray(0, filled), 'buffer');
  }
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Imports a P-256 point from its coordinates in base64url. The caller has checked that it lies on the curve. */
export function importP256(x: string, y: string): PublicKeyHandle {
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
}

/** Imports an Ed25519 point from its 32 bytes in base64url. The caller has checked the point. */
export function importEd25519(x: string): PublicKeyHandle {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
}

/** ECDSA over P-256 with SHA-256; `signature` is r‖s, 64 bytes (IEEE P1363, as in RFC 7518 section 3.4). */
export function verifyEs256(key: PublicKeyHandle, data: Uint8Array, signature: Uint8Array): boolean {
  // Node checks DER by the bare key in two thirds of the time that it takes for r‖s with an option.
  return signature.length === 64 && verify('sha256', data, key as KeyObject, derSignature(signature));
}

/** Ed25519 (RFC 8032 section 5.1.7); `signature` is R‖S, 64 bytes. */
export function verifyEd25519(key: PublicKeyHandle, data: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, data, key as KeyObject, signature);
}
