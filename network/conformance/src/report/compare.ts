import type { Observation } from '../observation.js';

/** A step at which two networks did not behave alike; what is missing was not observed at all. */
export interface Difference {
  readonly scenario: string;
  readonly step: string;
  readonly fabric?: unknown;
  readonly embedded?: unknown;
}

/** Everything in which what was seen on the embedded network differs from what was seen on Fabric. */
export function compare(fabric: readonly Observation[], embedded: readonly Observation[]): Difference[] {
  const [theirs, ours] = [byStep(fabric), byStep(embedded)];
  const keys = new Set([...theirs.keys(), ...ours.keys()]);
  return [...keys].flatMap((key) => {
    const [there, here] = [theirs.get(key), ours.get(key)];
    if (there?.told === here?.told) return [];
    const { scenario, step } = there ?? here ?? { scenario: '', step: '' };
    return [{ scenario, step, ...(there && { fabric: there.seen }), ...(here && { embedded: here.seen }) }];
  });
}

interface Seen {
  readonly scenario: string;
  readonly step: string;
  readonly seen: unknown;
  /** The same as text, by which it is compared. */
  readonly told: string;
}

/** A step that came more than once is compared as a whole, in whatever order its observations stand. */
function byStep(observations: readonly Observation[]): Map<string, Seen> {
  const groups = Map.groupBy(observations, ({ scenario, step }) => JSON.stringify([scenario, step]));
  const found = new Map<string, Seen>();
  for (const [key, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const texts = group.map(({ seen }) => JSON.stringify(sortedKeys(seen))).sort();
    const seen = group.length === 1 ? first.seen : group.map((one) => one.seen);
    found.set(key, { scenario: first.scenario, step: first.step, seen, told: texts.join() });
  }
  return found;
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, one]) => [name, sortedKeys(one)]));
}
