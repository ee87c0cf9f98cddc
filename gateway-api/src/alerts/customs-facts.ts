import { keys, unitUri } from '@passage/domain';
import type {
  ContentFact,
  CustomsRecord,
  HoldFact,
  HoldRecord,
  LedgerPosition,
  ReleaseFact,
} from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { HistoryTable } from '../index/tables/index.js';
import { timeOf } from './facts-of-rows.js';

/**
 * The holds of a shipment, each with what it kept: the consignment and what carried it, or the units that it names. What was
 * released by itself is a fact of its own, which ends earlier.
 */
export async function holdFactsOf(
  reader: IndexReader,
  ucr: string,
  contents: readonly ContentFact[],
): Promise<readonly HoldFact[]> {
  const holds = await reader.customs.holds(ucr).all();
  const told = await Promise.all(
    holds.map(async ({ number }) => {
      const key = keys.hold(ucr, number);
      const versions = await reader.chain.history(key);
      const [placed, newest] = [versions[0], versions.at(-1)];
      if (placed === undefined || newest === undefined) return [];
      return heldBy(key, placed, JSON.parse(newest.value) as HoldRecord, contents);
    }),
  );
  return told.flat();
}

function heldBy(
  id: string,
  placed: HistoryTable,
  hold: HoldRecord,
  contents: readonly ContentFact[],
): readonly HoldFact[] {
  const at = positionOf(placed);
  const units = hold.units ?? carriersAt(at, contents);
  const freed = new Map(
    hold.partial.flatMap(({ units, decision }) => units.map((unit) => [unit, decision.at])),
  );
  const fact = (objects: readonly string[], until: string | undefined): HoldFact => ({
    id,
    transactionId: placed.transaction_id,
    objects,
    at,
    from: timeOf(hold.placed.at),
    ...(until !== undefined && { until: timeOf(until) }),
  });
  const kept = units.filter((unit) => !freed.has(unit)).map(unitUri);
  return [
    fact(hold.units === undefined ? [hold.ucr, ...kept] : kept, hold.lifted?.at),
    ...units.filter((unit) => freed.has(unit)).map((unit) => fact([unitUri(unit)], freed.get(unit))),
  ];
}

/** The lawful release of a shipment, if there was one, for the consignment and every unit that had to do with it. */
export async function releaseFactsOf(
  reader: IndexReader,
  ucr: string,
  contents: readonly ContentFact[],
): Promise<readonly ReleaseFact[]> {
  const units = [...new Set(contents.map(({ unit }) => unit))].map(unitUri);
  for (const { value, transaction_id } of await reader.chain.history(keys.customs(ucr))) {
    const { release } = JSON.parse(value) as CustomsRecord;
    if (release === undefined) continue;
    return [{ transactionId: transaction_id, objects: [ucr, ...units], from: timeOf(release.at) }];
  }
  return [];
}

/** The units that had anything of the consignment at a place on the ledger. */
export function carriersAt(at: LedgerPosition, contents: readonly ContentFact[]): readonly string[] {
  const newest = new Map(contents.filter((each) => isUpTo(each.at, at)).map((each) => [each.unit, each]));
  const inner = [...newest.values()].filter(
    ({ goods, within }) => goods !== undefined || within !== undefined,
  );
  return [...new Set(inner.flatMap(({ unit, within }) => (within === undefined ? [unit] : [unit, within])))];
}

/** Where a version of a record was written. */
export function positionOf({ block, position }: HistoryTable): LedgerPosition {
  return { block, position, item: 0 };
}

function isUpTo(one: LedgerPosition, other: LedgerPosition): boolean {
  return one.block < other.block || (one.block === other.block && one.position <= other.position);
}
