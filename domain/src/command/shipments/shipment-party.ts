import { PassageError } from '../../errors/passage-error.js';
import { isCustoms } from '../../party/roles.js';
import { requireStanding } from '../../shipment/ending.js';
import type { ShipmentRecord } from '../../shipment/shipment-record.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';

/** The keys that `requireShipmentParty` reads. */
export function shipmentPartyReads(ucr: string, partyId: string): readonly StateKey[] {
  return [keys.shipment(ucr), keys.custody(ucr), keys.naming(ucr, partyId)];
}

/**
 * The shipment, for a party that has to do with it: named at its opening or later, custodian of the moment, or customs.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, SHIPMENT_ENDED, NOT_NAMED
 */
export function requireShipmentParty(
  ucr: string,
  { party: { partyId }, role }: PartyActor,
  view: WorldView,
): ShipmentRecord {
  const shipment = view.get(keys.shipment(ucr));
  if (shipment === undefined) {
    throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr, pointer: '/ucr' });
  }
  const custody = view.get(keys.custody(ucr));
  if (custody !== undefined) requireStanding(custody);
  const named = [shipment.opener, ...Object.values(shipment.parties), custody?.custodian];
  if (named.includes(partyId) || view.get(keys.naming(ucr, partyId)) !== undefined || isCustoms(role))
    return shipment;
  throw new PassageError('NOT_NAMED', `${partyId} is not named in ${ucr}`, { ucr, partyId });
}
