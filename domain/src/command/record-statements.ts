import { PassageError } from '../errors/passage-error.js';
import { list, object } from '../shape/composites.js';
import { such } from '../shape/scalars.js';
import { entry } from '../state/codec.js';
import { keys, type StateKey } from '../state/keys.js';
import { statementRecordOf } from '../state/statement-record.js';
import { Overlay, type WorldView } from '../state/world-view.js';
import { readStatement } from '../statement/read-statement.js';
import type { UnverifiedStatement } from '../statement/statement.js';
import { readInput } from './define.js';
import { judgeStatement, statementRefusal, type StatementRefusal } from './judge-statement.js';
import type { Decision, Operation } from './operation.js';
import { actingParty, actingPartyReads, ledgerOf } from './registry.js';

/** The most statements of one transaction. */
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

type RecordStatementsInput = { readonly statements: readonly string[] };

const input = object<RecordStatementsInput>(
  {
    statements: list(
      such(() => true, 'a compact JWS'),
      { min: 0, max: Infinity },
    ),
  },
  {},
);

/**
 * Any registered party brings statements of devices; each is judged by its own device, not by who brings it. The batch
 * behaves as if its statements ran one after another, and is recorded whole or not at all.
 */
export const recordStatements: Operation = {
  name: 'RecordStatements',
  by: 'party',
  writes: ['statement'],
  prepare(argument, caller) {
    const { statements } = readInput('RecordStatements', input, argument);
    if (statements.length < 1 || statements.length > maxBatchSize) {
      const details = { size: statements.length, limit: maxBatchSize };
      throw new PassageError('BATCH_SIZE', `A batch holds 1 to ${String(maxBatchSize)} statements`, details);
    }
    const batch = statements.map((jws) => attempt(() => readStatement(jws)));
    return {
      reads: [...actingPartyReads(caller), ...batch.flatMap(statementReads)],
      decide(view) {
        actingParty(caller, view);
        return decideBatch(batch, ledgerOf(view).ledger, view);
      },
    };
  },
};

function statementReads(item: UnverifiedStatement | PassageError): readonly StateKey[] {
  if (item instanceof PassageError) return [];
  const { kid, seq } = item.header;
  return [keys.device(kid), keys.statement(kid, seq)];
}

/** @throws PassageError BATCH_REFUSED with every bad statement in `details.refused` */
function decideBatch(
  batch: readonly (UnverifiedStatement | PassageError)[],
  ledger: string,
  view: WorldView,
): Decision {
  const overlay = new Overlay(view);
  const outcomes = batch.map((item) => attempt(() => takeStatement(item, ledger, overlay)));
  const refused: BatchRefusal[] = outcomes.flatMap((outcome, index) =>
    outcome instanceof PassageError ? [{ index, ...statementRefusal(outcome) }] : [],
  );
  if (refused.length > 0) {
    const message = `${String(refused.length)} of ${String(batch.length)} statements cannot be recorded`;
    throw new PassageError('BATCH_REFUSED', message, { refused });
  }
  return { writes: overlay.entries(), response: { results: outcomes as StatementResult[] } };
}

/** Judges one statement and, where it is new, writes it into the overlay for those behind it to see. */
function takeStatement(
  item: UnverifiedStatement | PassageError,
  ledger: string,
  overlay: Overlay,
): StatementResult {
  if (item instanceof PassageError) throw item;
  const { statementId, header } = item;
  const { kid, seq } = header;
  const status = judgeStatement(item, ledger, overlay);
  if (status === 'accepted') overlay.put(entry(keys.statement(kid, seq), statementRecordOf(statementId)));
  return { statementId, kid, seq, status };
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
