import { at, range } from '../at.js';

/**
 * How numbers of 256 bits are written: nine limbs of 29 bits, the least first. The product of two limbs has 58 bits, so that the
 * nine which fall on one place, and what a reduction adds to them, stay below 2^64.
 */
export const LIMBS = 9;
export const LIMB_BITS = 29;
export const LIMB_MASK = 2 ** LIMB_BITS - 1;

/** Nine of them, in an array that is written again and again: there are too many numbers to make one for each. */
export type Limbs = Uint32Array;

export function newLimbs(): Limbs {
  return new Uint32Array(LIMBS);
}

/** The prime of P-256's field (SP 800-186, section 3.2.1.3). */
export const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
/** The order of P-256's group (ibidem). */
export const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Montgomery's R: in his form a number stands multiplied by it. */
export const R = 2n ** BigInt(LIMBS * LIMB_BITS);

export function toLimbs(value: bigint): number[] {
  return range(LIMBS).map((i) => Number((value >> BigInt(i * LIMB_BITS)) & BigInt(LIMB_MASK)));
}

export function fromLimbs(limbs: ArrayLike<number>): bigint {
  return range(LIMBS).reduceRight((sum, i) => (sum << BigInt(LIMB_BITS)) + BigInt(at(limbs, i)), 0n);
}
