import { keyFact, timeOf } from '../../facts/testing/facts.js';
import type { Alert } from '../alert.js';
import { findAlerts, type Facts } from '../find-alerts.js';
import { tolerancesAlong } from '../tolerances.js';

/** The first item of a block. */
export const at = (block: number): Alert['at'] => ({ block, position: 0, item: 0 });

const none: Facts = {
  statements: [],
  keys: [],
  holds: [],
  releases: [],
  sealOpenings: [],
  offers: [],
  within: [],
  madeInto: [],
  packing: { contents: [], sealed: [], packages: [] },
};

/** What is found in these facts at the time of a block; nothing else is known, but a key. */
export function alerts(facts: Partial<Facts>, block = 40): readonly Alert[] {
  const now = { block, ledgerTime: timeOf(block) };
  return findAlerts({ ...none, keys: [keyFact()], ...facts }, tolerancesAlong([]), now);
}

/** The alerts as a story: kind, subject, and the path in one line. */
export function story(facts: Partial<Facts>, block?: number): readonly string[] {
  return alerts(facts, block).map(
    ({ kind, subject, path }) => `${kind} ${subject}: ${path.map((each) => each.id).join(' < ')}`,
  );
}
