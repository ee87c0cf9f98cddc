import { PassageError } from '../../errors/passage-error.js';
import type { PickupRecord } from '../../handover/pickup-record.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';

/** Which release of a shipment to a carrier is meant. */
export type PickupRef = { readonly ucr: string; readonly release: string };

/** The release as it stands. The key has to be declared. @throws PassageError RELEASE_UNKNOWN */
export function pickupOf({ ucr, release }: PickupRef, view: WorldView): PickupRecord {
  const pickup = view.get(keys.pickup(ucr, release));
  if (pickup !== undefined) return pickup;
  throw new PassageError('RELEASE_UNKNOWN', `${ucr} was not released to a carrier under ${release}`, {
    ucr,
    release,
  });
}
