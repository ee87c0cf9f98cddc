import { list } from '../shape/composites.js';
import { integer } from '../shape/scalars.js';
import type { Shape } from '../shape/shape.js';

/** One parameter: what it means, what it may be, and what it is as long as nobody has agreed on anything else. */
export interface Parameter<T> {
  /** In what it is counted; of a list, what its entries are. */
  readonly unit: string;
  /** What it may be, in words for a reader. */
  readonly range: string;
  readonly byDefault: T;
  /** One sentence on what it does. */
  readonly meaning: string;
  readonly shape: Shape<T>;
}

/** A number from `min` to `max`, both allowed. */
export function measure(
  unit: string,
  [min, max]: readonly [number, number],
  byDefault: number,
  meaning: string,
): Parameter<number> {
  const range = `${String(min)} to ${String(max)}`;
  return { unit, range, byDefault, meaning, shape: integer(min, max) };
}

/** A list of different entries of one shape. */
export function entries<T>(
  unit: string,
  { entry, min = 0, max }: { readonly entry: Shape<T>; readonly min?: number; readonly max: number },
  byDefault: readonly T[],
  meaning: string,
): Parameter<readonly T[]> {
  const shape = list(entry, { min, max, distinct: true });
  return { unit, range: `${String(min)} to ${String(max)} entries`, byDefault, meaning, shape };
}
