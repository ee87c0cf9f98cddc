import { object } from '../shape/composites.js';
import { ordinal, sha256Base64url } from '../shape/fields.js';
import { constant, flag } from '../shape/scalars.js';

/**
 * A recorded statement. The key says whose and which, the signed bytes stand in the transaction's argument, so the
 * state keeps only what makes a second use of the sequence number comparable. Key `statement/<kid>/<seq>`.
 */
export type StatementRecord = {
  readonly v: 1;
  /** The hash of the statementId, base64url. */
  readonly id: string;
  /** There, and true, where the owner filed it after the key was revoked: it is unproven. */
  readonly late?: boolean;
  /** Of an error declaration: the statement that it corrects. */
  readonly corrects?: CorrectedStatement;
};

/** A statement on the ledger: its key, its number, and the hash of its statementId in base64url. */
type CorrectedStatement = { readonly kid: string; readonly seq: number; readonly id: string };

export const statementRecord = object<StatementRecord>(
  { v: constant(1), id: sha256Base64url },
  {
    late: flag,
    corrects: object<CorrectedStatement>({ kid: sha256Base64url, seq: ordinal, id: sha256Base64url }, {}),
  },
);

/** The record of a statement, from its statementId (`ni:///sha-256;<base64url>`). */
export function statementRecordOf(statementId: string): StatementRecord {
  return { v: 1, id: statementId.slice(statementId.indexOf(';') + 1) };
}

/** The statementId of which a record keeps the hash. */
export function statementIdOf({ id }: Pick<StatementRecord, 'id'>): string {
  return `ni:///sha-256;${id}`;
}
