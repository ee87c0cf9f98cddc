import { PassageError } from '../../errors/passage-error.js';
import type { HandoverRecord } from '../../handover/handover-record.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { shipmentPartyReads } from '../shipments/shipment-party.js';

/** A consignment, and the handover by which an earlier custodian shows that it was one. */
export type Standing = { readonly ucr: string; readonly handover?: number };

/** The keys that `requireDisputant` reads. */
export function disputantReads({ ucr, handover }: Standing, partyId: string): readonly StateKey[] {
  return [
    ...shipmentPartyReads(ucr, partyId),
    ...(handover === undefined ? [] : [keys.handover(ucr, handover)]),
  ];
}

/**
 * That a party may dispute events of a consignment: it was named at the opening or later, has the goods, or had them. Customs
 * disputes nothing by its office: it holds goods, and rules on what others dispute.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, NOT_NAMED
 */
export function requireDisputant({ ucr, handover }: Standing, partyId: string, view: WorldView): void {
  const shipment = view.get(keys.shipment(ucr));
  if (shipment === undefined) {
    throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr, pointer: '/ucr' });
  }
  const custodian = view.get(keys.custody(ucr))?.custodian;
  const named = [shipment.opener, ...Object.values(shipment.parties), custodian].includes(partyId);
  if (named || view.get(keys.naming(ucr, partyId)) !== undefined) return;
  if (handover !== undefined && hadGoods(view.get(keys.handover(ucr, handover)), partyId)) return;
  throw new PassageError('NOT_NAMED', `${partyId} is not named in ${ucr}`, { ucr, partyId });
}

/** Whoever offers goods has them, and whoever accepts them gets them. */
function hadGoods(handover: HandoverRecord | undefined, partyId: string): boolean {
  if (handover === undefined) return false;
  const { from, to, status } = handover;
  return from === partyId || (to === partyId && status === 'accepted');
}
