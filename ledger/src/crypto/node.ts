import { createHash, createPublicKey, hash as digestOf, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import { readPublicKeyInfo } from './public-key-info.js';
import type { Hash, KeyObject } from 'node:crypto';
import type * as BatchEcdsa from '@passage/batch-ecdsa';
import type * as Ed25519 from '@passage/portable-crypto/ed25519';
import type { Curve } from './public-key-info.js';

export type { Curve } from './public-key-info.js';

/** Where the parts of a hash are laid side by side: a call for each part would take longer than copying does. */
const scratch = new Uint8Array(64 * 1024);

/** SHA-256 (FIPS 180-4) over the concatenation of the given bytes: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  // Node makes a string of a digest in half the time that a Buffer takes.
  const digits = sha256As('binary', parts);
  const digest = new Uint8Array(digits.length);
  for (let i = 0; i < digits.length; i++) digest[i] = digits.charCodeAt(i);
  return digest;
}

/** The same as 64 lower-case hexadecimal digits. */
export function sha256Hex(...parts: readonly Uint8Array[]): string {
  return sha256As('hex', parts);
}

function sha256As(encoding: 'binary' | 'hex', parts: readonly Uint8Array[]): string {
  const [only] = parts;
  // OpenSSL takes what is in one piece in one call, without an object to keep between calls.
  if (only !== undefined && parts.length === 1) return digestOf('sha256', only, encoding);
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
  return hash === undefined ? digestOf('sha256', rest, encoding) : hash.update(rest).digest(encoding);
}

/** Whether two byte strings are the same, as `equalBytes` says: for those so long that a call out of JavaScript pays. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

export type HashName = 'sha256' | 'sha384' | 'sha512';

/** A public key, imported once and used often. `handle` belongs to this module. */
export type PublicKey =
  | { readonly algorithm: 'ECDSA'; readonly curve: Curve; readonly handle: unknown }
  | { readonly algorithm: 'Ed25519' | 'RSA'; readonly handle: unknown };

/** Imports a DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7); undefined if it is none that Fabric knows. */
export function importPublicKey(spki: Uint8Array): PublicKey | undefined {
  const info = readPublicKeyInfo(spki);
  if (info === undefined) return undefined;
  try {
    const handle = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    switch (info.algorithm) {
      case 'ECDSA':
        return { algorithm: 'ECDSA', curve: info.curve, handle };
      case 'Ed25519':
        return { algorithm: 'Ed25519', handle: { key: handle, raw: info.key } satisfies Ed25519Handle };
      case 'RSA':
        return { algorithm: 'RSA', handle };
    }
  } catch {
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
  try {
    return key.algorithm === 'Ed25519'
      ? verifyEd25519(key.handle as Ed25519Handle, message, signature)
      : verify(hash, message, key.handle as KeyObject, signature);
  } catch {
    return false;
  }
}

/** A signature over the SHA-256 of a message, or by Ed25519 over the message itself. */
export interface SignatureCheck {
  readonly key: PublicKey;
  /** Its bytes, or parts of them in their order: they are put together only where somebody needs that. */
  readonly message: Message;
  readonly signature: Uint8Array;
}

/** Bytes, or parts of them in their order. */
export type Message = Uint8Array | readonly Uint8Array[];

export function wholeMessage(message: Message): Uint8Array {
  return message instanceof Uint8Array ? message : Buffer.concat(message);
}

/** What `verifySignature` says of each: together they are checked in less time than one by one, where few keys made many. */
export function verifySignatures(checks: readonly SignatureCheck[]): readonly boolean[] {
  const ecdsa: BatchEcdsa.SignedMessage[] = [];
  for (const { key, message, signature } of checks)
    if (key.algorithm === 'ECDSA') ecdsa.push({ key: key.handle as KeyObject, message, signature });
  const verdicts = batchVerifier().verify(ecdsa);
  if (ecdsa.length === checks.length) return verdicts;
  let next = 0;
  return checks.map(({ key, message, signature }) =>
    key.algorithm === 'ECDSA'
      ? verdicts[next++] === true
      : verifySignature(key, 'sha256', wholeMessage(message), signature),
  );
}

let verifier: BatchEcdsa.BatchVerifier | undefined;

/** What it keeps from one batch to the next saves time, and changes no verdict. Loaded where signatures are checked together. */
function batchVerifier(): BatchEcdsa.BatchVerifier {
  if (verifier !== undefined) return verifier;
  const { BatchVerifier } = createRequire(import.meta.url)('@passage/batch-ecdsa') as typeof BatchEcdsa;
  return (verifier = new BatchVerifier());
}

interface Ed25519Handle {
  readonly key: KeyObject;
  readonly raw: Uint8Array;
}

/** Loaded when it is first asked, which is hardly ever: only signatures that Node refuses get there. */
const pure = (): typeof Ed25519 =>
  createRequire(import.meta.url)('@passage/portable-crypto/ed25519') as typeof Ed25519;

/** What Node refuses unasked, because key or R has small order, is judged as Fabric's Go judges it. */
function verifyEd25519({ key, raw }: Ed25519Handle, message: Uint8Array, signature: Uint8Array): boolean {
  if (verify(null, message, key, signature)) return true;
  const { hasSmallOrder, verifyEd25519: verifyPure } = pure();
  const refusedUnasked = hasSmallOrder(raw) || hasSmallOrder(signature.subarray(0, 32));
  return refusedUnasked && verifyPure(raw, message, signature);
}
