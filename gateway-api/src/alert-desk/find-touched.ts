import { entriesOf } from '../feed/feed-entry.js';
import type { IndexReader } from '../index/reader.js';

/**
 * The consignments whose alerts may be others after some blocks: those that a statement or an act names, that lay in a unit which
 * one names, and those of which a device has spoken whose record an act has changed.
 */
export async function findTouched(whole: IndexReader, from: number, to: number): Promise<readonly string[]> {
  const entries = await entriesOf(whole, from, to);
  const units = new Set(entries.flatMap(({ about }) => about.units));
  const changed = entries.flatMap((entry) => (entry.what === 'act' ? entry.about.devices : []));
  const [carried, spoken] = await Promise.all([
    whole.journeys.carriedIn([...units]),
    whole.journeys.spokenOf([...new Set(changed)]),
  ]);
  return [...new Set([...entries.flatMap(({ about }) => about.shipments), ...carried, ...spoken])];
}
