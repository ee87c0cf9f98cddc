import { createHash, createPublicKey, hash as digestOf, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over the concatenation of the given bytes: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [whole, ...more] = parts;
  // Most of what is hashed is in one piece, which OpenSSL takes in one call, without an object to keep between calls.
  if (whole !== undefined && more.length === 0) return digestOf('sha256', whole, 'buffer');
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export type HashName = 'sha256' | 'sha384' | 'sha512';

/** Curves whose keys Fabric can check, by their NIST names. */
export type Curve = 'P-224' | 'P-256' | 'P-384' | 'P-521';

/** A public key, imported once and used often. `handle` belongs to this module. */
export type PublicKey =
  | { readonly algorithm: 'ECDSA'; readonly curve: Curve; readonly handle: unknown }
  | { readonly algorithm: 'Ed25519' | 'RSA'; readonly handle: unknown };

const CURVES: Readonly<Record<string, Curve>> = {
  secp224r1: 'P-224',
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/** Imports a DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7); undefined if it is none or of another algorithm. */
export function importPublicKey(spki: Uint8Array): PublicKey | undefined {
  let handle: KeyObject;
  try {
    handle = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
  switch (handle.asymmetricKeyType) {
    case 'ec': {
      const curve = CURVES[handle.asymmetricKeyDetails?.namedCurve ?? ''];
      return curve && { algorithm: 'ECDSA', curve, handle };
    }
    case 'ed25519':
      return { algorithm: 'Ed25519', handle };
    case 'rsa':
      return { algorithm: 'RSA', handle };
    default:
      return undefined;
  }
}

/**
 * Checks a signature over a message: ECDSA in strict DER, RSA with PKCS #1 v1.5 padding, both over the given hash;
 * Ed25519 over the message itself. High S passes here: whether it may is for the caller to say.
 */
export function verifySignature(
  key: PublicKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const digest = key.algorithm === 'Ed25519' ? null : hash;
  try {
    return verify(digest, message, key.handle as KeyObject, signature);
  } catch {
    return false;
  }
}
