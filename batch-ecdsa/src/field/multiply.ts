import { at, range } from '../at.js';
import { evenLanes, get, i32x4, i64x2, productsOf, set } from '../wasm/instructions.js';
import { LIMBS } from './limbs.js';
import { carryOf, limbOf } from './reductions.js';
import type { Constants } from '../wasm/constants.js';
import type { Code, Local } from '../wasm/instructions.js';
import type { Reduction } from './reductions.js';

/** Variables that a multiplication needs beside its operands: both halves of the result, and a quotient. */
export const MULTIPLY_VARIABLES = 2 * LIMBS + 1;

/** What to reduce by. */
export interface Modulus {
  readonly reduction: Reduction;
  readonly constants: Constants;
}

type Product = (a: Code, b: Code) => Code;

/** Products, each with the column that it falls on, counted from the one of the limb that they are of. */
type Terms = readonly (readonly [distance: number, product: Code])[];
type Row = (limb: number, product: Product) => Terms;

/**
 * ab/R by a modulus m, for four numbers in the lanes of an i32x4. Limbs may be up to 2^29 + 7 and the numbers below 2m; the result
 * is below 1.13 m, its limbs below 2^29, and in `variables` 0 to 8.
 */
export function multiply(
  a: readonly Local[],
  b: readonly Local[],
  by: Modulus,
  variables: readonly Local[],
): Code {
  return inHalves(by, variables, (i, product) =>
    range(LIMBS).map((j) => [j, product(get(at(a, i)), get(at(b, j)))]),
  );
}

/** a²/R, as above, with half the products. `twice` are variables for 2a. */
export function square(
  a: readonly Local[],
  twice: readonly Local[],
  by: Modulus,
  variables: readonly Local[],
): Code {
  const doubled = a.map((limb, i) => set(at(twice, i), i32x4.shl(get(limb), 1)));
  const squared = inHalves(by, variables, (i, product) =>
    range(LIMBS - i, i).map((j) => [j, product(get(at(a, i)), get(at(i === j ? a : twice, j)))]),
  );
  return [doubled, squared];
}

/** Products of 32 bits have 64, so that two lanes are multiplied at a time, and then the other two. */
function inHalves(by: Modulus, variables: readonly Local[], row: Row): Code {
  const [low, high] = [variables.slice(0, LIMBS), variables.slice(LIMBS, 2 * LIMBS)];
  const quotient = at(variables, 2 * LIMBS);
  return [
    rows(by, low, quotient, (limb) => row(limb, productsOf.low)),
    rows(by, high, quotient, (limb) => row(limb, productsOf.high)),
    low.map((limb, i) => set(limb, evenLanes(get(limb), get(at(high, i))))),
  ];
}

/**
 * Adds the products of one limb, reduces the lowest column away, and goes on with the next limb one column further on: so only nine
 * of the eighteen columns are in use at a time, which a processor has registers for.
 */
function rows(
  { reduction, constants }: Modulus,
  columns: readonly Local[],
  quotient: Local,
  row: (limb: number) => Terms,
): Code {
  return [
    range(LIMBS).map((limb) => {
      // The variable of the column that the limb before this one reduced away stands for the highest from here on.
      const columnAt = (distance: number): Local => at(columns, (limb + distance) % LIMBS);
      const isNew = (distance: number): boolean => limb === 0 || distance === LIMBS - 1;
      const products = row(limb).map(([distance, term]) =>
        isNew(distance) ? set(columnAt(distance), term) : increase(columnAt(distance), term),
      );
      return [products, reduceLowest(reduction, columnAt, quotient)];
    }),
    columns.slice(1).map((column, i) => {
      const below = at(columns, i);
      const carry = carryOf(get(below));
      return [
        i === LIMBS - 2 ? set(column, carry) : increase(column, carry),
        set(below, limbOf(get(below), constants)),
      ];
    }),
  ];
}

function reduceLowest(by: Reduction, columnAt: (distance: number) => Local, quotient: Local): Code {
  const lowest = get(columnAt(0));
  return [
    set(quotient, by.quotient(lowest)),
    range(LIMBS - 1, 1).map((distance) => {
      const share = by.share(quotient, distance);
      return share === undefined ? [] : increase(columnAt(distance), share);
    }),
    increase(columnAt(1), by.carry(lowest, quotient)),
  ];
}

const increase = (column: Local, by: Code): Code => set(column, i64x2.add(get(column), by));
