import { LIMB_BITS } from '../field/limbs.js';
import type { Limbs } from '../field/limbs.js';

/** How a scalar is cut: into so many digits of so many bits, which have to cover 256 bits. */
export interface Windows {
  readonly bits: number;
  readonly count: number;
  /** Multiples of a point that its table has for each digit: the odd ones, as all digits are odd. */
  readonly multiples: number;
}

/** @param bits at most 12: see `oddDigits`. */
export function windowsOf(bits: number): Windows {
  return { bits, count: Math.ceil(256 / bits), multiples: 2 ** (bits - 1) };
}

/**
 * The digits of an odd scalar k below 2^256, lowest first: k is the sum of d · 2^(bits · window) over all windows, and each d is
 * 2i + 1 or -(2i + 1), for an i below `multiples`; i stands in `digits` as 2i, or as 2i + 1 where d is negative. So no digit is 0,
 * and no point at infinity is ever added.
 *
 * With L = bits · count, each digit t of (k - 1)/2 + 2^(L - 1) in plain binary stands for d = 2t - (2^bits - 1).
 */
export function oddDigits(limbs: Limbs, { bits, count, multiples }: Windows, digits: Uint16Array): void {
  const mask = 2 * multiples - 1;
  let limb = 0;
  let rest = (limbs[0] ?? 0) >>> 1;
  let left = LIMB_BITS - 1;
  for (let window = 0; window < count; window++) {
    let t = rest & mask;
    if (left >= bits) {
      rest >>>= bits;
      left -= bits;
    } else {
      const next = limbs[++limb] ?? 0;
      t = (rest | (next << left)) & mask;
      rest = next >>> (bits - left);
      left += LIMB_BITS - bits;
    }
    // The highest bit of all, which (k - 1)/2 does not reach.
    if (window === count - 1) t += multiples;
    digits[window] = t >= multiples ? 2 * (t - multiples) : 2 * (multiples - 1 - t) + 1;
  }
}
