import type { WithinFact } from './facts.js';
import { comparePositions, isBefore, type LedgerPosition } from './ledger-position.js';

/** A time on the ledger in which a unit had something in it, directly or further in. */
export interface Carrier {
  /** As events name it. */
  readonly unit: string;
  readonly from: LedgerPosition;
  readonly until?: LedgerPosition;
}

/**
 * What carried an object, and when: what it lay in, and what carried that meanwhile. A unit that goes on without the object carries
 * it no more.
 */
export function carriersOf(object: string, within: readonly WithinFact[]): readonly Carrier[] {
  const found = new Map<string, Carrier>();
  const open: (Omit<Carrier, 'from'> & Partial<Carrier>)[] = [{ unit: object }];
  for (let inner = open.shift(); inner !== undefined; inner = open.shift()) {
    const { unit } = inner;
    for (const fact of within.filter((each) => each.inner === unit)) {
      const from = latest(inner.from, fact.from);
      const until = earliest(inner.until, fact.until);
      if (until !== undefined && !isBefore(from, until)) continue;
      const carrier = { unit: fact.outer, from, ...(until && { until }) };
      const name = JSON.stringify(carrier);
      if (found.has(name)) continue;
      found.set(name, carrier);
      open.push(carrier);
    }
  }
  return [...found.values()];
}

function latest(one: LedgerPosition | undefined, other: LedgerPosition): LedgerPosition {
  return one !== undefined && comparePositions(one, other) > 0 ? one : other;
}

function earliest(
  one: LedgerPosition | undefined,
  other: LedgerPosition | undefined,
): LedgerPosition | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return comparePositions(one, other) < 0 ? one : other;
}
