import { sha256 } from '#crypto';
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

/** Under which key a valid signature is remembered: it covers the signer's key, the message and the signature. */
export function signatureMemoKey(
  { publicKeyInfo }: Certificate,
  message: Uint8Array,
  signature: Uint8Array,
): string {
  return bytesKey(sha256(sha256(publicKeyInfo), sha256(message), signature));
}

/** A memo that forgets the oldest of more than `limit` signatures. */
export class BoundedSignatureMemo implements SignatureMemo {
  readonly #limit: number;
  readonly #keys = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
    if (this.#keys.size <= this.#limit) return;
    const [oldest = ''] = this.#keys;
    this.#keys.delete(oldest);
  }
}
