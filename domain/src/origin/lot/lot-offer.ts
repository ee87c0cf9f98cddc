import { PassageError } from '../../errors/passage-error.js';
import { requireHolder } from './lot.js';
import type { LotOffer, LotRecord } from './lot-record.js';

/**
 * The holder offers what remains of a lot to another party. Whose it is does not change yet, and nothing is taken from it until
 * there is an answer, or the offer is withdrawn: who accepts gets what was offered.
 *
 * @throws PassageError NOT_HOLDER, LOT_OFFERED
 */
export function offerLot(lot: LotRecord, by: string, to: string, at: string): LotRecord {
  requireHolder(lot, by);
  requireNotOffered(lot);
  return { ...lot, offer: { to, at, status: 'open' } };
}

/** The party it was offered to becomes the holder. @throws PassageError LOT_NOT_OFFERED, NOT_RECIPIENT */
export function acceptLot(lot: LotRecord, by: string, at: string): LotRecord {
  return { ...lot, holder: by, offer: { ...offeredTo(lot, by), status: 'accepted', closedAt: at } };
}

/** The party it was offered to does not want it. @throws PassageError LOT_NOT_OFFERED, NOT_RECIPIENT */
export function rejectLot(lot: LotRecord, by: string, at: string, why: string): LotRecord {
  return { ...lot, offer: { ...offeredTo(lot, by), status: 'rejected', closedAt: at, reason: why } };
}

/** The holder takes its offer back before it is answered. @throws PassageError NOT_HOLDER, LOT_NOT_OFFERED */
export function withdrawLotOffer(lot: LotRecord, by: string, at: string, why: string): LotRecord {
  requireHolder(lot, by);
  return { ...lot, offer: { ...openOffer(lot), status: 'withdrawn', closedAt: at, reason: why } };
}

/** @throws PassageError LOT_OFFERED while an offer of the lot waits for its answer */
export function requireNotOffered({ lot, offer }: LotRecord): void {
  if (offer?.status !== 'open') return;
  throw new PassageError('LOT_OFFERED', `${lot} is offered to ${offer.to}`, { lot, to: offer.to });
}

function openOffer({ lot, offer }: LotRecord): LotOffer {
  if (offer?.status === 'open') return offer;
  throw new PassageError('LOT_NOT_OFFERED', `No offer of ${lot} is open`, { lot });
}

function offeredTo(lot: LotRecord, by: string): LotOffer {
  const offer = openOffer(lot);
  if (offer.to === by) return offer;
  const details = { lot: lot.lot, recipient: offer.to };
  throw new PassageError('NOT_RECIPIENT', `${lot.lot} was offered to ${offer.to}`, details);
}
