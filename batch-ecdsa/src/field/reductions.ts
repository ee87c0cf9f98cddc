import { at } from '../at.js';
import { evenLanes, get, i64x2, productsOf, v128 } from '../wasm/instructions.js';
import { LIMB_BITS, LIMB_MASK, N, toLimbs } from './limbs.js';
import type { Constants } from '../wasm/constants.js';
import type { Code, Local } from '../wasm/instructions.js';

/**
 * Montgomery's reduction by one modulus: limb by limb, a multiple of the modulus is added that makes the lowest limb 0. Everything
 * is done to two numbers at a time, in the lanes of an i64x2.
 */
export interface Reduction {
  /** Which multiple, given the column of the lowest limb. */
  readonly quotient: (column: Code) => Code;
  /** What the column behind it gets from it. */
  readonly carry: (column: Code, quotient: Local) => Code;
  /** What the column `distance` places on gets of the multiple; undefined where that is nothing. */
  readonly share: (quotient: Local, distance: number) => Code | undefined;
}

/** The lowest limb of a column. */
export const limbOf = (column: Code, constants: Constants): Code =>
  v128.and(column, constants.inBothLanes(LIMB_MASK));
/** What stands above it. */
export const carryOf = (column: Code): Code => i64x2.shr(column, LIMB_BITS);

/**
 * Modulo p a column is its own quotient q, since p = -1 mod 2^29; and adding qp is adding q(p + 1), which takes shifts and no
 * multiplication, and leaving q away: p + 1 = 2^96 + 2^192 - 2^224 + 2^256.
 */
export const byP = (constants: Constants): Reduction => ({
  quotient: (column) => limbOf(column, constants),
  carry: carryOf,
  share(quotient, distance) {
    const q = get(quotient);
    switch (distance) {
      case 3:
        return i64x2.shl(q, 96 - 3 * LIMB_BITS);
      case 6:
        return i64x2.shl(q, 192 - 6 * LIMB_BITS);
      case 7: // borrows from the next, so as not to be negative
        return i64x2.sub(i64x2.shl(q, LIMB_BITS), i64x2.shl(q, 224 - 7 * LIMB_BITS));
      case 8:
        return i64x2.sub(i64x2.shl(q, 256 - 8 * LIMB_BITS), q);
      default:
        return undefined;
    }
  },
});

const LIMBS_OF_N = toLimbs(N);
/** -1/n mod 2^29, by Newton's iteration: each step doubles the bits that are right, of which any odd number has three. */
const NEGATED_INVERSE = Number(
  BigInt.asUintN(
    LIMB_BITS,
    -[1, 2, 3, 4].reduce((inverse) => BigInt.asUintN(LIMB_BITS, inverse * (2n - N * inverse)), N),
  ),
);

/** Modulo n, of no special form. */
export const byN = (constants: Constants): Reduction => {
  const timesLimb = (lanes: Code, limb: number): Code => productsOf.low(lanes, constants.inEveryLane(limb));
  const multipleOf = (quotient: Local, limb: number): Code =>
    timesLimb(evenLanes(get(quotient), get(quotient)), limb);
  return {
    quotient: (column) => limbOf(timesLimb(evenLanes(column, column), NEGATED_INVERSE), constants),
    carry: (column, quotient) => carryOf(i64x2.add(column, multipleOf(quotient, at(LIMBS_OF_N, 0)))),
    share: (quotient, distance) => {
      const limb = LIMBS_OF_N[distance];
      return limb === undefined ? undefined : multipleOf(quotient, limb);
    },
  };
};
