import { object } from '../shape/composites.js';
import { instant } from '../shape/fields.js';
import { integer } from '../shape/scalars.js';
import { broken, type Shape } from '../shape/shape.js';

/** A point in the ledger's past: a block, or a ledger time (ISO 8601 UTC). Exactly one of the two. */
export type LedgerPoint = { readonly block: number } | { readonly time: string };

const either = object<{ readonly block?: number; readonly time?: string }>(
  {},
  { block: integer(0), time: instant },
);

export const ledgerPoint: Shape<LedgerPoint> = (value, pointer, violations) => {
  const point = either(value, pointer, violations);
  if (point === undefined) return undefined;
  if (Object.keys(point).length === 1) return point as LedgerPoint;
  broken(violations, pointer, 'must have exactly one of block and time');
  return undefined;
};

/** Whether two points are written alike; a block and a time are never the same point. */
export function isSamePoint(one: LedgerPoint, other: LedgerPoint): boolean {
  if ('block' in one) return 'block' in other && one.block === other.block;
  return 'time' in other && one.time === other.time;
}
