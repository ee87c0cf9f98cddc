import { PassageError } from '../../errors/passage-error.js';
import type { CustodyRecord } from '../../handover/custody-record.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';

/** Who has a shipment. The key has to be declared. @throws PassageError SHIPMENT_UNKNOWN */
export function custodyOf(ucr: string, view: WorldView): CustodyRecord {
  const custody = view.get(keys.custody(ucr));
  if (custody !== undefined) return custody;
  throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr });
}

/** That a party that an input names is registered. The key has to be declared. @throws PassageError PARTY_UNKNOWN */
export function requireRegistered(partyId: string, pointer: string, view: WorldView): void {
  if (view.get(keys.party(partyId)) !== undefined) return;
  const details = { partyId, pointer };
  throw new PassageError('PARTY_UNKNOWN', `The party ${partyId} is not registered`, details);
}
