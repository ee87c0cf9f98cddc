import { PassageError } from '../../errors/passage-error.js';
import { requireHolder } from './lot.js';
import { requireNotOffered } from './lot-offer.js';
import type { LotRecord, StatementRef } from './lot-record.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';

/** @throws PassageError LOT_UNKNOWN */
export function knownLot(lot: string, view: WorldView): LotRecord {
  const record = view.get(keys.lot(lot));
  if (record !== undefined) return record;
  throw new PassageError('LOT_UNKNOWN', `No lot ${lot} is on the ledger`, { lot });
}

/** A lot that a party holds and may use. @throws PassageError LOT_UNKNOWN, NOT_HOLDER, LOT_OFFERED */
export function heldLot(lot: string, partyId: string, view: WorldView): LotRecord {
  const record = knownLot(lot, view);
  requireHolder(record, partyId);
  requireNotOffered(record);
  return record;
}

/** @throws PassageError LOT_EXISTS */
export function requireNewLot(lot: string, view: WorldView): void {
  if (view.get(keys.lot(lot)) === undefined) return;
  throw new PassageError('LOT_EXISTS', `A lot ${lot} is on the ledger already`, { lot });
}

/** @throws PassageError STATEMENT_UNKNOWN */
export function requireStatements(witnesses: readonly StatementRef[], view: WorldView): void {
  for (const { kid, seq } of witnesses) {
    if (view.get(keys.statement(kid, seq)) !== undefined) continue;
    const details = { kid, seq, pointer: '/witnesses' };
    throw new PassageError(
      'STATEMENT_UNKNOWN',
      `${kid} has no statement ${String(seq)} on the ledger`,
      details,
    );
  }
}
