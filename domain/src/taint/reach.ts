import type { MadeIntoFact, WithinFact } from '../facts/facts.js';
import { comparePositions, type LedgerPosition } from '../facts/ledger-position.js';

/** Something that taint has reached, and how: the transactions on the way, from the tainted statement on. */
export interface Reached {
  readonly object: string;
  readonly at: LedgerPosition;
  /** From the object that the statement names to this one, each with the transaction that links it to the one before. */
  readonly path: readonly { readonly object: string; readonly transactionId?: string }[];
}

/**
 * Everything that a tainted word about some objects touches: what was in them then, and what was made of that afterwards. Each
 * object once, by its earliest way.
 */
export function reachOf(
  objects: readonly string[],
  at: LedgerPosition,
  within: readonly WithinFact[],
  madeInto: readonly MadeIntoFact[],
): readonly Reached[] {
  const reached = new Map<string, Reached>();
  const open: Reached[] = objects.map((object) => ({ object, at, path: [{ object }] }));
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (reached.has(next.object)) continue;
    reached.set(next.object, next);
    open.push(...stepsFrom(next, within, madeInto));
    open.sort((one, other) => comparePositions(one.at, other.at));
  }
  return [...reached.values()];
}

function stepsFrom(
  from: Reached,
  within: readonly WithinFact[],
  madeInto: readonly MadeIntoFact[],
): readonly Reached[] {
  const step = (object: string, transactionId: string, at: LedgerPosition): Reached => ({
    object,
    at,
    path: [...from.path, { object, transactionId }],
  });
  const inside = within
    .filter(({ outer, from: since, until }) => outer === from.object && holds(since, from.at, until))
    .map(({ inner, transactionId }) => step(inner, transactionId, from.at));
  const made = madeInto
    .filter(({ input, at }) => input === from.object && comparePositions(at, from.at) >= 0)
    .map(({ output, transactionId, at }) => step(output, transactionId, at));
  return [...inside, ...made];
}

function holds(since: LedgerPosition, at: LedgerPosition, until: LedgerPosition | undefined): boolean {
  return comparePositions(since, at) <= 0 && (until === undefined || comparePositions(at, until) < 0);
}
