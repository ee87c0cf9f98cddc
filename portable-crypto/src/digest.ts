import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

export type HashName = 'sha256' | 'sha384' | 'sha512';

const HASHES = { sha256, sha384, sha512 } as const;

/** SHA-256, SHA-384 or SHA-512 (FIPS 180-4) over the concatenation of the given bytes. */
export function digest(name: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = HASHES[name].create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}
