import { at, range } from '../at.js';
import { evenLanes, get, i32x4, i64x2, productsOf, set } from '../wasm/instructions.js';
import { LIMBS } from './limbs.js';
import { carryOf, limbOf } from './reductions.js';
import type { Code, Local } from '../wasm/instructions.js';
import type { Reduction } from './reductions.js';

/** Variables that a multiplication needs beside its operands: both halves of the result, the quotients, and a column. */
export const MULTIPLY_VARIABLES = 3 * LIMBS + 1;

/** The products of limbs that fall on a column, with `product` for what multiplies two lanes. */
type Products = (column: number, product: (a: Code, b: Code) => Code) => readonly Code[];

/**
 * ab/R by a modulus m, for four numbers in the lanes of an i32x4. Limbs may be up to 2^29 + 7 and the numbers below 2m; the result
 * is below 1.13 m, its limbs below 2^29, and in `variables` 0 to 8.
 */
export function multiply(
  a: readonly Local[],
  b: readonly Local[],
  by: Reduction,
  variables: readonly Local[],
): Code {
  return inHalves(by, variables, (column, product) =>
    pairsAt(column).map(([i, j]) => product(get(at(a, i)), get(at(b, j)))),
  );
}

/** a²/R, as above, with half the products. `twice` are variables for 2a. */
export function square(
  a: readonly Local[],
  twice: readonly Local[],
  by: Reduction,
  variables: readonly Local[],
): Code {
  const doubled = a.flatMap((limb, i) => set(at(twice, i), i32x4.shl(get(limb), 1)));
  const squared = inHalves(by, variables, (column, product) =>
    pairsAt(column)
      .filter(([i, j]) => i <= j)
      .map(([i, j]) => product(get(at(i === j ? a : twice, i)), get(at(a, j)))),
  );
  return [...doubled, ...squared];
}

/** Products of 32 bits have 64, so that two lanes are multiplied at a time, and then the other two. */
function inHalves(by: Reduction, variables: readonly Local[], products: Products): Code {
  const low = variables.slice(0, LIMBS);
  const high = variables.slice(LIMBS, 2 * LIMBS);
  const rest = variables.slice(2 * LIMBS);
  return [
    ...reduced(by, low, rest, (column) => products(column, productsOf.low)),
    ...reduced(by, high, rest, (column) => products(column, productsOf.high)),
    ...low.flatMap((limb, i) => set(limb, evenLanes(get(limb), get(at(high, i))))),
  ];
}

/** Column after column: the lower ones are reduced away, the upper ones are the result. */
function reduced(
  by: Reduction,
  result: readonly Local[],
  variables: readonly Local[],
  products: (column: number) => readonly Code[],
): Code {
  const quotients = variables.slice(0, LIMBS);
  const sum = at(variables, LIMBS);
  return range(2 * LIMBS).flatMap((column) => {
    const terms = [
      ...(column === 0 ? [] : [get(sum)]),
      ...products(column),
      ...quotients.slice(0, column).flatMap((quotient, i) => {
        const share = by.share(quotient, column - i);
        return share === undefined ? [] : [share];
      }),
    ];
    const quotient = quotients[column];
    const into = result[column - LIMBS];
    return [
      ...set(sum, terms.reduce(i64x2.add)),
      ...(quotient === undefined ? [] : set(quotient, by.quotient(get(sum)))),
      ...(into === undefined ? [] : set(into, limbOf(get(sum)))),
      ...set(sum, quotient === undefined ? carryOf(get(sum)) : by.carry(get(sum), quotient)),
    ];
  });
}

/** Which limbs' product falls on a column. */
function pairsAt(column: number): (readonly [number, number])[] {
  return range(LIMBS)
    .filter((i) => column >= i && column - i < LIMBS)
    .map((i) => [i, column - i]);
}
