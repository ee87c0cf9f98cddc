import { createHash, createPublicKey, hash as digestOf, verify } from 'node:crypto';
import type { Hash, KeyObject } from 'node:crypto';

/** Where the parts of a hash are laid side by side: a call for each part would take longer than copying does. */
const scratch = new Uint8Array(64 * 1024);

/** SHA-256 (FIPS 180-4) over the concatenation of the given bytes: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  // OpenSSL takes what is in one piece in one call, without an object to keep between calls.
  if (only !== undefined && parts.length === 1) return digestOf('sha256', only, 'buffer');
  let hash: Hash | undefined;
  let filled = 0;
  for (const part of parts) {
    if (filled + part.length > scratch.length) {
      hash ??= createHash('sha256');
      hash.update(scratch.subarray(0, filled));
      filled = 0;
    }
    if (part.length > scratch.length) {
      hash?.update(part);
    } else {
      scratch.set(part, filled);
      filled += part.length;
    }
  }
  const rest = scratch.subarray(0, filled);
  return hash === undefined ? digestOf('sha256', rest, 'buffer') : hash.update(rest).digest();
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
