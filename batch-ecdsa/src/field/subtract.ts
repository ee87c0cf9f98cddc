import { at, range } from '../at.js';
import { get, i32x4, set, v128 } from '../wasm/instructions.js';
import { LIMB_BITS, LIMB_MASK, LIMBS, P, toLimbs } from './limbs.js';
import type { Constants } from '../wasm/constants.js';
import type { Code, Local } from '../wasm/instructions.js';

/** Variables that a subtraction needs beside its operands: its result, and what is above 2^256. */
export const SUBTRACT_VARIABLES = LIMBS + 1;

/** 4p, with two of each limb's units lent to the limb below, so that no limb of a - b + 4p is negative. */
const LENT = toLimbs(4n * P).map(
  (limb, i) => limb + (i === 0 ? 0 : -2) + (i === LIMBS - 1 ? 0 : 2 * 2 ** LIMB_BITS),
);

/** Bits of the highest limb that are below 2^256. */
const TOP_BITS = 256 - (LIMBS - 1) * LIMB_BITS;

/**
 * a - b by p, for four numbers in the lanes of an i32x4. Limbs may be up to 2^29 + 7, and the numbers below 2p; so are the limbs
 * of the result, which is below 1.01 p and in `variables` 0 to 8.
 */
export function subtract(
  a: (limb: number) => Code,
  b: (limb: number) => Code,
  variables: readonly Local[],
  constants: Constants,
): Code {
  const result = variables.slice(0, LIMBS);
  const above = at(variables, LIMBS);
  const top = at(result, LIMBS - 1);
  return [
    result.map((limb, i) => set(limb, i32x4.sub(i32x4.add(a(i), constants.inEveryLane(at(LENT, i))), b(i)))),
    set(above, i32x4.shr(get(top), TOP_BITS)),
    set(top, v128.and(get(top), constants.inEveryLane(2 ** TOP_BITS - 1))),
    foldBack(result, above),
    carryOnce(result, constants),
  ];
}

/** 2^256 = 2^224 - 2^192 - 2^96 + 1 mod p. */
function foldBack(limbs: readonly Local[], above: Local): Code {
  const change = (bit: number, by: typeof i32x4.add): Code => {
    const limb = at(limbs, Math.floor(bit / LIMB_BITS));
    return set(limb, by(get(limb), i32x4.shl(get(above), bit % LIMB_BITS)));
  };
  return [change(0, i32x4.add), change(96, i32x4.sub), change(192, i32x4.sub), change(224, i32x4.add)];
}

/** Hands what is above a limb to the next, all at once: what comes in from below (up to 7) stays there. */
function carryOnce(limbs: readonly Local[], constants: Constants): Code {
  const mask = constants.inEveryLane(LIMB_MASK);
  return range(LIMBS)
    .reverse()
    .map((i) => {
      const limb = at(limbs, i);
      const kept = i === LIMBS - 1 ? get(limb) : v128.and(get(limb), mask);
      const below = limbs[i - 1];
      return set(limb, below === undefined ? kept : i32x4.add(kept, i32x4.shr(get(below), LIMB_BITS)));
    });
}
