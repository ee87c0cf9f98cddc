import { PassageError } from '../../errors/passage-error.js';
import type { Stock } from '../stock.js';
import type { Classified, LotRecord, StatementRef } from './lot-record.js';

/** A lot that has just come to be. */
export function newLot(
  lot: { readonly lot: string; readonly holder: string; readonly at: string } & Classified,
  stock: Stock,
  basis: { readonly transformation?: string; readonly witnesses?: readonly StatementRef[] },
): LotRecord {
  const { lot: id, holder, at, hs, hsEdition } = lot;
  return {
    v: 1,
    lot: id,
    holder,
    hs,
    hsEdition,
    ...stock,
    ...basis,
    createdAt: at,
    certified: 0,
    shipped: 0,
  };
}

/** @throws PassageError NOT_HOLDER where the lot is another's */
export function requireHolder({ lot, holder }: LotRecord, partyId: string): void {
  if (holder === partyId) return;
  throw new PassageError('NOT_HOLDER', `${lot} is held by ${holder}`, { lot, holder });
}
