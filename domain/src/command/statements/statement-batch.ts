import { decideEventActs, eventActReads, eventActReadsThen } from '../../acts/event-acts.js';
import { PassageError } from '../../errors/passage-error.js';
import { list } from '../../shape/composites.js';
import { such } from '../../shape/scalars.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import { Overlay, type WorldView } from '../../state/world-view.js';
import { readStatement } from '../../statement/read-statement.js';
import type { UnverifiedStatement } from '../../statement/statement.js';
import type { TransactionInfo } from '../operation.js';
import { parametersOf } from '../../parameters/in-force.js';
import { ledgerOf } from '../registry.js';
import { checkObservation } from '../../epcis/observation.js';
import { judgeStatement, refuseDeclaration, statementRefusal } from './judge-statement.js';
import type { Admission, MayAdd, StatementRefusal } from './judge-statement.js';

/** The most statements of one transaction, whatever was agreed on. */
export const maxBatchSize = 100;

/** What is said of one statement of a batch that was taken. */
export type StatementResult = {
  readonly statementId: string;
  readonly kid: string;
  readonly seq: number;
  readonly status: 'accepted' | 'duplicate';
};

/** A bad statement of a batch: its place in the batch, counted from 0, and why it is refused. */
export type BatchRefusal = StatementRefusal & { readonly index: number };

/** A batch as it was read: in the place of each text that is no statement, why. */
export type Batch = readonly (UnverifiedStatement | PassageError)[];

/** What becomes of a batch that is taken. */
export interface BatchDecision {
  readonly writes: readonly StateEntry[];
  readonly results: readonly StatementResult[];
}

/** The texts of a batch, whatever they are; `readBatch` judges how many. */
export const batchTexts = list(
  such(() => true, 'a compact JWS'),
  { min: 0, max: Infinity },
);

/** @throws PassageError BATCH_SIZE */
export function readBatch(statements: readonly string[]): Batch {
  requireSize(statements, maxBatchSize);
  return statements.map((jws) => attempt(() => readStatement(jws)));
}

/** @throws PassageError BATCH_SIZE */
function requireSize({ length: size }: readonly unknown[], limit: number): void {
  if (size >= 1 && size <= limit) return;
  throw new PassageError('BATCH_SIZE', `A batch holds 1 to ${String(limit)} statements`, { size, limit });
}

/** The keys that judging a batch reads: one for each device and one for each statement. */
export function batchReads(batch: Batch): readonly StateKey[] {
  return batch.flatMap((item) => {
    if (item instanceof PassageError) return [];
    const { kid, seq } = item.header;
    return [keys.device(kid), keys.statement(kid, seq)];
  });
}

/** The keys that judging the acts of a batch reads besides. */
export function batchActReads(batch: Batch): readonly StateKey[] {
  return batch.flatMap((item) => (item instanceof PassageError ? [] : eventActReads(item.payload)));
}

/** The same once more, by what was read so far. */
export function batchActReadsThen(batch: Batch, view: WorldView): readonly StateKey[] {
  return batch.flatMap((item) => (item instanceof PassageError ? [] : eventActReadsThen(item.payload, view)));
}

/** How a batch is judged: as late evidence, whose statements are marked and do not act, or as it usually comes. */
export type Manner = { readonly late: MayAdd } | { readonly tx: TransactionInfo };

/**
 * Judges the statements of a batch one after another; it is recorded whole or not at all.
 *
 * @throws PassageError BATCH_SIZE, or BATCH_REFUSED with every bad statement in `details.refused`
 */
export function decideBatch(batch: Batch, view: WorldView, manner: Manner): BatchDecision {
  requireSize(batch, parametersOf(view).batchLimit);
  const { ledger } = ledgerOf(view);
  const overlay = new Overlay(view);
  const outcomes = batch.map((item) => attempt(() => takeStatement(item, ledger, overlay, manner)));
  const refused: BatchRefusal[] = outcomes.flatMap((outcome, index) =>
    outcome instanceof PassageError ? [{ index, ...statementRefusal(outcome) }] : [],
  );
  if (refused.length > 0) {
    const message = `${String(refused.length)} of ${String(batch.length)} statements cannot be recorded`;
    throw new PassageError('BATCH_REFUSED', message, { refused });
  }
  return { writes: overlay.entries(), results: outcomes as StatementResult[] };
}

/** Judges one statement and, where it is new, writes it and what it does into the overlay for those behind it to see. */
function takeStatement(
  item: UnverifiedStatement | PassageError,
  ledger: string,
  overlay: Overlay,
  manner: Manner,
): StatementResult {
  if (item instanceof PassageError) throw item;
  const { statementId, header, payload } = item;
  const { kid, seq } = header;
  const late = 'late' in manner ? manner.late : undefined;
  const { status, device } = judgeStatement(item, ledger, overlay, late && lateEvidence(late));
  if (status === 'accepted') {
    const claim = { event: payload, statementId, kid, seq, owner: device.owner };
    const done = 'tx' in manner ? decideEventActs(claim, overlay, manner.tx) : [];
    for (const written of done) overlay.put(written);
    const record = { ...statementRecordOf(statementId), ...(late && { late: true }) };
    overlay.put(entry(keys.statement(kid, seq), record));
  }
  return { statementId, kid, seq, status };
}

/** A revoked key does not act any more, nor does it take anything back. */
function lateEvidence(mayAdd: MayAdd): Admission {
  return {
    mayAdd,
    check(event) {
      refuseDeclaration(event);
      checkObservation(event);
    },
  };
}

/** The value, or the refusal in its place: a batch goes on to its next statement. */
function attempt<T>(act: () => T): T | PassageError {
  try {
    return act();
  } catch (error) {
    if (error instanceof PassageError) return error;
    throw error;
  }
}
