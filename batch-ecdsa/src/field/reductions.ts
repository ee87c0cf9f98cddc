import { at } from '../at.js';
import { evenLanes, get, i64x2, productsOf, v128 } from '../wasm/instructions.js';
import { LIMB_BITS, LIMB_MASK, N, toLimbs } from './limbs.js';
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

const inBothLanes = (value: number): Code => v128.const([value, 0, value, 0]);

/** The lowest limb of a column. */
export const limbOf = (column: Code): Code => v128.and(column, inBothLanes(LIMB_MASK));
/** What stands above it. */
export const carryOf = (column: Code): Code => i64x2.shr(column, LIMB_BITS);

/**
 * Modulo p a column is its own quotient q, since p = -1 mod 2^29; and adding qp is adding q(p + 1), which takes shifts and no
 * multiplication, and leaving q away: p + 1 = 2^96 + 2^192 - 2^224 + 2^256.
 */
export const byP: Reduction = {
  quotient: limbOf,
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
};

const LIMBS_OF_N = toLimbs(N);
/** -1/n mod 2^29, by Newton's iteration: each step doubles the bits that are right, of which any odd number has three. */
const NEGATED_INVERSE = Number(
  BigInt.asUintN(
    LIMB_BITS,
    -[1, 2, 3, 4].reduce((inverse) => BigInt.asUintN(LIMB_BITS, inverse * (2n - N * inverse)), N),
  ),
);

/** Modulo n, of no special form. */
export const byN: Reduction = {
  quotient: (column) => limbOf(timesLimb(evenLanes(column, column), NEGATED_INVERSE)),
  carry: (column, quotient) => carryOf(i64x2.add(column, multipleOf(quotient, at(LIMBS_OF_N, 0)))),
  share: (quotient, distance) => {
    const limb = LIMBS_OF_N[distance];
    return limb === undefined ? undefined : multipleOf(quotient, limb);
  },
};

function multipleOf(quotient: Local, limb: number): Code {
  return timesLimb(evenLanes(get(quotient), get(quotient)), limb);
}

function timesLimb(lanes: Code, limb: number): Code {
  return productsOf.low(lanes, v128.const([limb, limb, limb, limb]));
}
