import { goodsWeight, type Weight } from '../handover/goods-state.js';
import { hsEditions, type HsEdition } from '../identifiers/index.js';
import { quantity, unit, type Unit } from '../origin/unit.js';
import { list, object } from '../shape/composites.js';
import { integer, line, oneOf, pattern } from '../shape/scalars.js';
import { broken, type Shape } from '../shape/shape.js';
import { hsCode } from './fields.js';

/** How many packages of one kind goods are in. */
export type Packages = {
  readonly count: number;
  /** Kind of package: a code of UN/ECE Recommendation 21, as `CT` for cartons. */
  readonly type: string;
};

/**
 * One line of goods (WCO data model: ConsignmentItem). What it is stands first; how much of it may be left out, because a
 * consignment that was opened before the ledger asked for it has none.
 */
export type GoodsLine = {
  /** The Harmonized System code and the edition (year) whose list it is from. */
  readonly hs: string;
  readonly hsEdition: HsEdition;
  /** How much, as an integer of the smallest unit; there together with `unit`. */
  readonly quantity?: number;
  readonly unit?: Unit;
  readonly packages?: Packages;
  /** What is written on the packages ("shipping marks"). */
  readonly marks?: string;
  /** The goods with their packaging, without the container. */
  readonly grossMass?: Weight;
};

/** The most packages that one line counts. */
export const maxPackages = 100_000_000;

/** The most lines of one consignment. */
export const maxLines = 200;

const packageType = pattern(
  /^[A-Z0-9]{2}$/,
  'a package type of UN/ECE Recommendation 21: two letters or digits, as CT for cartons',
);

const packagesOfType = object<Packages>({ count: integer(1, maxPackages), type: packageType }, {});

const members = object<GoodsLine>(
  { hs: hsCode, hsEdition: oneOf(hsEditions) },
  { quantity, unit, packages: packagesOfType, marks: line(512), grossMass: goodsWeight },
);

/** A number without a unit says nothing, nor does a unit without a number. */
const goodsLine: Shape<GoodsLine> = (value, pointer, violations) => {
  const read = members(value, pointer, violations);
  if (read === undefined || (read.quantity === undefined) === (read.unit === undefined)) return read;
  const missing = read.unit === undefined ? 'unit' : 'quantity';
  broken(violations, `${pointer}/${missing}`, 'is missing: quantity and unit go together', 'MISSING');
  return undefined;
};

/** The lines of one consignment. */
export const goodsLines = list(goodsLine, { min: 1, max: maxLines });

/** The packages of a consignment, where every line counts its own; undefined where one does not. */
export function packagesOf(goods: readonly GoodsLine[]): number | undefined {
  const counts = goods.map(({ packages }) => packages?.count);
  return counts.reduce<number | undefined>(
    (total, count) => (total === undefined || count === undefined ? undefined : total + count),
    0,
  );
}
