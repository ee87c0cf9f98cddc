import { at } from '../at.js';
import { LIMB_BITS, LIMBS } from '../field/limbs.js';

/** How a scalar is cut: into so many digits of so many bits, which have to cover 256 bits. */
export interface Windows {
  readonly bits: number;
  readonly count: number;
}

export function windowsOf(bits: number): Windows {
  return { bits, count: Math.ceil(256 / bits) };
}

/** Multiples of a point that its table has for each digit: the odd ones, as all digits are odd. */
export function multiplesOf({ bits }: Windows): number {
  return 2 ** (bits - 1);
}

/**
 * Calls `digit` with each digit of an odd scalar k below 2^256: k is the sum of all ±(2 index + 1) · 2^(bits · window). Only odd
 * digits, with a sign, and no zero: so no point at infinity is ever added.
 *
 * With L = bits · count, (k - 1)/2 + 2^(L - 1) is written in plain digits t; the odd digit is 2t - (2^bits - 1).
 */
export function oddDigits(
  limbs: ArrayLike<number>,
  { bits, count }: Windows,
  digit: (window: number, index: number, isNegative: boolean) => void,
): void {
  const half = 2 ** (bits - 1);
  for (let window = 0; window < count; window++) {
    let t = bitsAt(limbs, bits * window + 1, bits);
    // The highest bit of all, which (k - 1)/2 does not reach.
    if (window === count - 1) t += half;
    digit(window, t >= half ? t - half : half - 1 - t, t < half);
  }
}

/** Up to 29 bits of a number from one on. */
function bitsAt(limbs: ArrayLike<number>, bit: number, bits: number): number {
  const index = Math.floor(bit / LIMB_BITS);
  const shift = bit % LIMB_BITS;
  if (index >= LIMBS) return 0;
  const above = index + 1 < LIMBS ? at(limbs, index + 1) : 0;
  return ((at(limbs, index) >>> shift) | (above << (LIMB_BITS - shift))) & (2 ** bits - 1);
}
