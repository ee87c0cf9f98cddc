import { customsReads, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import { PassageError } from '../../errors/passage-error.js';
import { shipOf } from '../../origin/certificate/draw-down.js';
import type { DrawdownRecord } from '../../origin/certificate/drawdown-record.js';
import type { LotRecord } from '../../origin/lot/lot-record.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { heldLot } from '../../origin/lot/known-lot.js';
import { requireShipmentParty, shipmentPartyReads } from '../shipments/shipment-party.js';

/** What is asked to go with a consignment. */
export interface ShippingRequest {
  readonly lot: string;
  readonly ucr: string;
  readonly quantity: number;
  readonly certificate?: string;
}

/** The keys that `shippedLot` reads besides that of the lot. */
export function shippingReads(ucr: string, partyId: string): readonly StateKey[] {
  return [...shipmentPartyReads(ucr, partyId), ...customsReads(ucr)];
}

/**
 * Goods of a lot that leave with a consignment: the holder sends them, it has to do with the consignment, and the consignment
 * has goods of that kind and is not held.
 *
 * @throws PassageError LOT_UNKNOWN, NOT_HOLDER, LOT_OFFERED, SHIPMENT_UNKNOWN, NOT_NAMED, GOODS_HELD, GOODS_MISMATCH, QUANTITY_EXCEEDED
 */
export function shippedLot(
  { lot: id, ucr, quantity, certificate }: ShippingRequest,
  actor: PartyActor,
  view: WorldView,
  at: string,
): { readonly lot: LotRecord; readonly drawdown: DrawdownRecord } {
  const by = actor.party.partyId;
  const lot = heldLot(id, by, view);
  const { goods } = requireShipmentParty(ucr, actor, view);
  refuseWhileHeld(view, ucr);
  if (!goods.some(({ hs, hsEdition }) => hs === lot.hs && hsEdition === lot.hsEdition)) {
    const details = { ucr, lot: id, hs: lot.hs, hsEdition: lot.hsEdition };
    throw new PassageError('GOODS_MISMATCH', `${ucr} has no goods of ${lot.hs} (${lot.hsEdition})`, details);
  }
  return shipOf(lot, { ucr, quantity, by, at }, certificate);
}

/** Both records of goods that left. */
export function shippingWrites({
  lot,
  drawdown,
}: {
  readonly lot: LotRecord;
  readonly drawdown: DrawdownRecord;
}): readonly StateEntry[] {
  return [entry(keys.lot(lot.lot), lot), entry(keys.drawdown(lot.lot, drawdown.number), drawdown)];
}
