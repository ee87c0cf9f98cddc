import { PassageError } from '../../errors/passage-error.js';
import type { StatementRef } from '../../handover/witness-record.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';

/** The keys that `witnessEntry` reads. */
export function witnessReads(witness: StatementRef | undefined): readonly StateKey[] {
  return witness === undefined ? [] : [keys.statement(witness.kid, witness.seq)];
}

/** The record that attaches a statement to a handover. @throws PassageError STATEMENT_UNKNOWN */
export function witnessEntry(
  { kid, seq }: StatementRef,
  { ucr, handover }: { readonly ucr: string; readonly handover: number },
  by: string,
  at: string,
  view: WorldView,
): StateEntry {
  const statement = view.get(keys.statement(kid, seq));
  if (statement === undefined) {
    const message = `The ledger has no statement ${String(seq)} of the key ${kid}`;
    throw new PassageError('STATEMENT_UNKNOWN', message, { kid, seq, pointer: '/witness' });
  }
  const key = keys.witness(ucr, handover, kid, seq);
  return entry(key, { v: 1, ucr, handover, kid, seq, id: statement.id, attachedBy: by, attachedAt: at });
}
