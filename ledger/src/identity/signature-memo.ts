import { sha256Hex } from '#crypto';
import { bytesKey } from '../codec/index.js';
import type { Certificate } from './certificate.js';

/**
 * Remembers signatures found valid, so that a signature met again (by another policy, or in the block after it was
 * endorsed here) is not computed again. A Set of strings will do; bound it where it lives long.
 */
export interface SignatureMemo {
  has(key: string): boolean;
  add(key: string): unknown;
}

const keyDigests = new WeakMap<Certificate, string>();

/** Under which key a valid signature is remembered: it covers the signer's key, the message and the signature. */
export function signatureMemoKey(
  certificate: Certificate,
  message: Uint8Array,
  signature: Uint8Array,
): string {
  let signer = keyDigests.get(certificate);
  if (signer === undefined) {
    signer = sha256Hex(certificate.publicKeyInfo);
    keyDigests.set(certificate, signer);
  }
  // Two digests of one length each: what follows is the signature.
  return signer + sha256Hex(message) + bytesKey(signature);
}

/**
 * A memo of the newest signatures, between half of `limit` and all of it. It forgets the older half at once: taking single
 * keys off the front of a Set grows slow, because the Set keeps their places.
 */
export class BoundedSignatureMemo implements SignatureMemo {
  readonly #half: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  constructor(limit: number) {
    this.#half = Math.ceil(limit / 2);
  }

  has(key: string): boolean {
    return this.#newer.has(key) || this.#older.has(key);
  }

  add(key: string): void {
    if (this.#newer.size >= this.#half) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(key);
  }
}
