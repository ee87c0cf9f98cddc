import { readBundle } from '../bundle/index.js';
import { EvidenceError } from '../errors.js';
import { verifyBundle } from '../verify/index.js';
import type { EvidenceErrorCode } from '../errors.js';
import type { BundleVerdict } from '../verify/index.js';

/** What became of bytes that may be no bundle any more. */
export type Outcome = EvidenceErrorCode | BundleVerdict['verdict'];

/** Verifies bytes that anybody may have made; whatever is thrown and no EvidenceError is thrown on. */
export function outcomeOf(bytes: Uint8Array, genesisHash: string): Outcome {
  try {
    return verifyBundle(bytes, { genesisHash }).verdict;
  } catch (error) {
    if (error instanceof EvidenceError) return error.code;
    throw error;
  }
}

/** The bytes with one of them changed. */
export function withByte(bytes: Uint8Array, at: number, change: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ change;
  return changed;
}

/**
 * Offsets at which a changed byte passed: it was not refused, nothing differs, and yet what is read or said is not the same. There
 * must be none.
 */
export function passedMutations(
  bytes: Uint8Array,
  genesisHash: string,
  mutations: Iterable<readonly [at: number, change: number]>,
): readonly number[] {
  const said = (some: Uint8Array): string =>
    JSON.stringify([readBundle(some), verifyBundle(some, { genesisHash })]);
  const whole = said(bytes);
  const passed: number[] = [];
  for (const [at, change] of mutations) {
    const changed = withByte(bytes, at, change);
    if (outcomeOf(changed, genesisHash) === 'verified' && said(changed) !== whole) passed.push(at);
  }
  return passed;
}
