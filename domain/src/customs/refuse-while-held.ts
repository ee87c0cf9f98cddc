import { PassageError } from '../errors/passage-error.js';
import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { CustomsRecord } from './customs-record.js';
import { goodsHeld, holdsOn } from './hold.js';

/** The keys that `customsOf` and `refuseWhileHeld` read. */
export function customsReads(ucr: string): readonly StateKey[] {
  return [keys.customs(ucr)];
}

/** Where a shipment stands with customs. @throws PassageError SHIPMENT_UNKNOWN */
export function customsOf(ucr: string, view: WorldView): CustomsRecord {
  const customs = view.get(keys.customs(ucr));
  if (customs !== undefined) return customs;
  throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr });
}

/**
 * Refuses an act that moves goods while they are held. That they move is a fact, too: observations are never refused.
 *
 * @param unit the unit that moves, where the rest of the consignment stays: it is free once it was released.
 * @throws PassageError GOODS_HELD, SHIPMENT_UNKNOWN
 */
export function refuseWhileHeld(view: WorldView, ucr: string, unit?: string): void {
  const holds = holdsOn(customsOf(ucr, view), unit);
  if (holds.length > 0) throw goodsHeld(ucr, holds);
}
