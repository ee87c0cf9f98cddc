import { at } from '../at.js';
import { LIMB_MASK, LIMBS, N, toLimbs } from '../field/limbs.js';

const ORDER = toLimbs(N);

/** Whether a number, in limbs, is one of 1 to n - 1. */
export function isScalar(limbs: readonly number[]): boolean {
  return limbs.some((limb) => limb !== 0) && isBelowOrder(limbs);
}

function isBelowOrder(limbs: readonly number[]): boolean {
  for (let i = LIMBS - 1; i >= 0; i--) {
    const difference = at(limbs, i) - at(ORDER, i);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** n - k, for a k up to n. */
export function negated(limbs: readonly number[]): number[] {
  let borrowed = 0;
  return limbs.map((limb, i) => {
    const difference = at(ORDER, i) - limb - borrowed;
    borrowed = difference < 0 ? 1 : 0;
    return difference & LIMB_MASK;
  });
}
