import { PassageError } from '../errors/passage-error.js';
import { canonicalJson } from '../json/canonical.js';
import { maxLines, maxPackages, type GoodsLine } from './goods-line.js';

/**
 * The goods of several consignments as those of one: lines that say the same are added up, in the order in which they first come.
 * Lines that differ in anything but their numbers (code, unit, type of package, marks) stay lines of their own, so that nothing is
 * added that is not alike.
 *
 * @throws PassageError TOO_LARGE where there are too many lines, or too much in one
 */
export function mergeGoods(consignments: readonly (readonly GoodsLine[])[]): readonly GoodsLine[] {
  const lines = new Map<string, GoodsLine>();
  for (const line of consignments.flat()) {
    const kind = kindOf(line);
    const before = lines.get(kind);
    lines.set(kind, before === undefined ? line : sum(before, line));
  }
  if (lines.size <= maxLines) return [...lines.values()];
  const message = `A consignment has ${String(maxLines)} lines at most`;
  throw new PassageError('TOO_LARGE', message, { lines: lines.size, limit: maxLines });
}

/** All that a line says but its numbers. Which numbers it has belongs to it: what is counted is not added to what is not. */
function kindOf({ hs, hsEdition, quantity, unit, packages, marks, grossMass }: GoodsLine): string {
  return canonicalJson({
    hs,
    hsEdition,
    quantity: quantity !== undefined,
    unit: unit ?? null,
    packages: packages?.type ?? null,
    marks: marks ?? null,
    grossMass: grossMass?.unit ?? null,
  });
}

/** Two lines of one kind. */
function sum(one: GoodsLine, other: GoodsLine): GoodsLine {
  const { quantity, packages, grossMass } = one;
  return {
    ...one,
    ...(quantity !== undefined && { quantity: add(quantity, other.quantity) }),
    ...(packages && {
      packages: { ...packages, count: add(packages.count, other.packages?.count, maxPackages) },
    }),
    ...(grossMass && { grossMass: { ...grossMass, value: add(grossMass.value, other.grossMass?.value) } }),
  };
}

function add(one: number, other = 0, limit = Number.MAX_SAFE_INTEGER): number {
  if (other <= limit - one) return one + other;
  throw new PassageError('TOO_LARGE', `A line counts ${String(limit)} at most`, { limit });
}
