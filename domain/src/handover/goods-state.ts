import { list, object } from '../shape/composites.js';
import { integer, line, pattern } from '../shape/scalars.js';
import { isJsonObject } from '../json/value.js';
import { broken, type Shape } from '../shape/shape.js';

/** A weight: an integer in a unit of UN/ECE Recommendation 20, small enough that no fraction is needed. */
export type Weight = { readonly value: number; readonly unit: string };

/** What can be said of goods that change hands, and be found otherwise: each member on its own. */
export type GoodsState = {
  /** Packages. */
  readonly count?: number;
  readonly weight?: Weight;
  /** The numbers of all seals on them. */
  readonly seals?: readonly string[];
  /** In words: "dry, one carton crushed". */
  readonly condition?: string;
};

/** A unit of measure (UN/ECE Recommendation 20): two or three capital letters and digits. */
export const unitOfMeasure = pattern(/^[A-Z0-9]{2,3}$/, 'a unit of UN/ECE Recommendation 20, such as KGM');

/** A seal's number as it is stamped on it. */
export const sealNumber = pattern(
  /^[A-Za-z0-9-]{1,32}$/,
  'a seal number: 1 to 32 letters, digits or hyphens',
);

export const goodsWeight = object<Weight>({ value: integer(0), unit: unitOfMeasure }, {});

const members = object<GoodsState>(
  {},
  {
    count: integer(0),
    weight: goodsWeight,
    seals: list(sealNumber, { min: 0, max: 20, distinct: true }),
    condition: line(500),
  },
);

/** What one side says of the goods: one thing at least. */
export const goodsState: Shape<GoodsState> = (value, pointer, violations) =>
  isJsonObject(value) && Object.keys(value).length === 0
    ? broken(violations, pointer, 'must say something: count, weight, seals or condition', 'MISSING')
    : members(value, pointer, violations);

/** The members in which both say the same: seals in any order. A difference has to differ. */
export function sameMembers(stated: GoodsState, found: GoodsState): readonly (keyof GoodsState)[] {
  const same: (keyof GoodsState)[] = [];
  if (found.count !== undefined && found.count === stated.count) same.push('count');
  if (found.weight !== undefined && sameWeight(found.weight, stated.weight)) same.push('weight');
  if (found.seals !== undefined && sameSeals(found.seals, stated.seals)) same.push('seals');
  if (found.condition !== undefined && found.condition === stated.condition) same.push('condition');
  return same;
}

function sameWeight(one: Weight, other: Weight | undefined): boolean {
  return one.value === other?.value && one.unit === other.unit;
}

function sameSeals(one: readonly string[], other: readonly string[] | undefined): boolean {
  return one.length === other?.length && one.every((seal) => other.includes(seal));
}
