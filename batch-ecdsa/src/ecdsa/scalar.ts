import { LIMB_MASK, LIMBS, N, toLimbs } from '../field/limbs.js';
import type { Limbs } from '../field/limbs.js';

const ORDER = Uint32Array.from(toLimbs(N));

/** Whether a number is one of 1 to n - 1. */
export function isScalar(limbs: Limbs): boolean {
  let any = 0;
  for (let i = 0; i < LIMBS; i++) any |= limbs[i] ?? 0;
  return any !== 0 && isBelowOrder(limbs);
}

function isBelowOrder(limbs: Limbs): boolean {
  for (let i = LIMBS - 1; i >= 0; i--) {
    const difference = (limbs[i] ?? 0) - (ORDER[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Makes n - k of a k up to n. */
export function negate(limbs: Limbs): void {
  let borrowed = 0;
  for (let i = 0; i < LIMBS; i++) {
    const difference = (ORDER[i] ?? 0) - (limbs[i] ?? 0) - borrowed;
    borrowed = difference < 0 ? 1 : 0;
    limbs[i] = difference & LIMB_MASK;
  }
}
