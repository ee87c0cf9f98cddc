import { at } from '../../acts/at-pointer.js';
import type { ConsolidationRecord } from '../../consolidation/consolidation-record.js';
import type { MasterRecord } from '../../consolidation/master-record.js';
import { customsReads, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import { PassageError } from '../../errors/passage-error.js';
import type { CustodyRecord } from '../../handover/custody-record.js';
import { list, object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { Outcome } from '../define.js';
import { custodyOf } from '../shipments/custody-of.js';

/** Which houses go under a master, or come out. */
export type HousesInput = {
  readonly requestId: string;
  readonly master: string;
  readonly houses: readonly string[];
};

/** The most houses of one act; a larger consolidation takes several. */
const maxHouses = 50;

export const housesInput = object<HousesInput>(
  { requestId, master: ownedId, houses: list(ucr, { min: 1, max: maxHouses, distinct: true }) },
  {},
);

/** The keys that `housesOutcome` and `knownMaster` read. */
export function housesReads({ master, houses }: HousesInput): readonly StateKey[] {
  return [
    keys.master(master),
    ...houses.flatMap((house) => [keys.custody(house), keys.consolidation(house), ...customsReads(house)]),
  ];
}

/** @throws PassageError MASTER_UNKNOWN */
export function knownMaster(master: string, view: WorldView): MasterRecord {
  const record = view.get(keys.master(master));
  if (record !== undefined) return record;
  const details = { master, pointer: '/master' };
  throw new PassageError('MASTER_UNKNOWN', `No master consignment ${master} was opened`, details);
}

/**
 * What an act does to each of the houses; a refusal points at the house. Goods that are held go nowhere.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, GOODS_HELD and those of `rule`
 */
export function housesOutcome(
  { master, houses }: HousesInput,
  view: WorldView,
  rule: (custody: CustodyRecord, before: ConsolidationRecord | undefined) => ConsolidationRecord,
): Outcome {
  const writes = houses.map((house, index) =>
    at(`/houses/${String(index)}`, () => {
      const after = rule(custodyOf(house, view), view.get(keys.consolidation(house)));
      refuseWhileHeld(view, house);
      return entry(keys.consolidation(house), after);
    }),
  );
  return { writes, result: { master, houses } };
}
