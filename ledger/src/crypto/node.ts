import { createHash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over the concatenation of the given bytes: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
