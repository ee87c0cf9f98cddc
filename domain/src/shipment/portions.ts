import { PassageError } from '../errors/passage-error.js';
import { list, object } from '../shape/composites.js';
import { integer } from '../shape/scalars.js';
import { maxLines, maxPackages, type GoodsLine } from './goods-line.js';

/**
 * What of one line of a consignment goes into a part of it. What is counted of the line is counted here, in the same units; without
 * any number it is the whole line.
 */
export type Portion = {
  /** The line's place in the consignment, from 0. */
  readonly line: number;
  readonly quantity?: number;
  readonly packages?: number;
  /** In the line's unit of mass. */
  readonly grossMass?: number;
};

const portion = object<Portion>(
  { line: integer(0, maxLines - 1) },
  { quantity: integer(1), packages: integer(1, maxPackages), grossMass: integer(0) },
);

export const portions = list(portion, { min: 1, max: maxLines });

/** What can be counted of a line. */
const counted = ['quantity', 'packages', 'grossMass'] as const;

type Count = (typeof counted)[number];

function countsOf({ quantity, packages, grossMass }: GoodsLine): Readonly<Record<Count, number | undefined>> {
  return { quantity, packages: packages?.count, grossMass: grossMass?.value };
}

/** A portion of a part, and where the input has it. */
interface PlacedPortion extends Portion {
  readonly pointer: string;
}

/**
 * The goods of each part of a consignment that is split up. Every line goes into the parts whole: what its portions count adds up to
 * what the line counts, no more and no less. What the goods are, units, types of packages and marks stay as they are.
 *
 * @param goods the lines of the consignment.
 * @param parts the portions of each part.
 * @throws PassageError QUANTITY_EXCEEDED, QUANTITY_LEFT_OVER, INVALID_FIELD; `pointer` points into `{into: [{lines}]}`
 */
export function splitGoods(
  goods: readonly GoodsLine[],
  parts: readonly (readonly Portion[])[],
): readonly (readonly GoodsLine[])[] {
  const placed = parts.map((lines, part) =>
    lines.map((each, index) => ({ ...each, pointer: `/into/${String(part)}/lines/${String(index)}` })),
  );
  for (const lines of placed) refuseStrange(goods, lines);
  for (const [index, line] of goods.entries()) {
    const of = placed.flat().filter((each) => each.line === index);
    checkLine(line, index, of);
  }
  return parts.map((lines) => lines.flatMap((each) => portionOf(goods[each.line], each)));
}

/** Each portion is of a line that is there, and none is of the same line as another one of its part. */
function refuseStrange(goods: readonly GoodsLine[], lines: readonly PlacedPortion[]): void {
  const seen = new Set<number>();
  for (const { line, pointer } of lines) {
    if (line >= goods.length || seen.has(line)) {
      const why = seen.has(line) ? 'is named twice in one part' : 'is no line of the consignment';
      const details = { line, pointer: `${pointer}/line` };
      throw new PassageError('INVALID_FIELD', `Line ${String(line)} ${why}`, details);
    }
    seen.add(line);
  }
}

function checkLine(line: GoodsLine, index: number, of: readonly PlacedPortion[]): void {
  const [only] = of;
  if (only === undefined) {
    const details = { line: index };
    throw new PassageError('QUANTITY_LEFT_OVER', `Line ${String(index)} goes into no part`, details);
  }
  if (of.length === 1 && isWhole(only)) return;
  const counts = countsOf(line);
  for (const each of of) requireSameCounts(counts, each);
  for (const count of counted) checkSum(counts[count], count, index, of);
}

function isWhole(portion: Portion): boolean {
  return counted.every((count) => portion[count] === undefined);
}

/** A line of which nothing is counted cannot be divided; one that is counted is counted in every part, in the same ways. */
function requireSameCounts(
  counts: Readonly<Record<Count, number | undefined>>,
  portion: PlacedPortion,
): void {
  const { line, pointer } = portion;
  const odd = counted.find((count) => (counts[count] === undefined) !== (portion[count] === undefined));
  if (odd === undefined && !isWhole(portion)) return;
  const message =
    odd === undefined
      ? `Nothing is counted of line ${String(line)}: it goes into one part whole`
      : `Line ${String(line)} ${counts[odd] === undefined ? 'does not count' : 'counts'} ${odd}: so do its portions`;
  throw new PassageError('INVALID_FIELD', message, { line, pointer: odd ? `${pointer}/${odd}` : pointer });
}

function checkSum(has: number | undefined, count: Count, line: number, of: readonly PlacedPortion[]): void {
  if (has === undefined) return;
  let left = BigInt(has);
  for (const each of of) {
    left -= BigInt(each[count] ?? 0);
    if (left >= 0n) continue;
    const details = { line, member: count, has, pointer: `${each.pointer}/${count}` };
    throw new PassageError(
      'QUANTITY_EXCEEDED',
      `The parts have more ${count} than line ${String(line)}`,
      details,
    );
  }
  if (left === 0n) return;
  const message = `${String(left)} of the ${count} of line ${String(line)} go into no part`;
  throw new PassageError('QUANTITY_LEFT_OVER', message, { line, member: count, has, left: Number(left) });
}

/** The line as far as the portion goes; without numbers, all of it. */
function portionOf(
  line: GoodsLine | undefined,
  { quantity, packages, grossMass }: Portion,
): readonly GoodsLine[] {
  if (line === undefined) return [];
  return [
    {
      ...line,
      ...(quantity !== undefined && { quantity }),
      ...(line.packages && packages !== undefined && { packages: { ...line.packages, count: packages } }),
      ...(line.grossMass &&
        grossMass !== undefined && { grossMass: { ...line.grossMass, value: grossMass } }),
    },
  ];
}
