import { consignmentsOf, jwkThumbprint, PassageError, readStatement, verifyStatement } from '@passage/domain';
import { fails, holds } from './verdict.js';
import type { UnverifiedStatement } from '@passage/domain';
import type { EvidenceBundle } from '../bundle/index.js';
import type { VerdictLine } from './verdict.js';

/** A device's statement whose signature holds. */
export type StatementEvent = Pick<UnverifiedStatement, 'statementId' | 'header' | 'payload'>;

/** A statement of the bundle with the line that says so, or the line that says what is wrong with it. */
export function readStatementEvent(
  id: string,
  jws: string,
  { keys, genesisHash, ucr }: EvidenceBundle,
): VerdictLine | { readonly line: VerdictLine; readonly statement: StatementEvent } {
  try {
    const statement = readStatement(jws);
    const { statementId, header, payload } = statement;
    if (statementId !== id)
      return fails('event', 'EVENT_ALTERED', 'the statement is another one than its id says', id);
    if (header.aud !== genesisHash || !consignmentsOf(payload).includes(ucr)) {
      return fails('event', 'EVENT_FOREIGN', `it is not about consignment ${ucr} on this ledger`, id);
    }
    const key = keys.find((jwk) => jwkThumbprint(jwk) === header.kid);
    if (key === undefined)
      return fails('statement-signature', 'DEVICE_UNKNOWN', `the bundle has no key ${header.kid}`, id);
    verifyStatement(statement, key);
    const line = holds('statement-signature', `key ${header.kid} signed it as its number ${header.seq}`, id);
    return { line, statement };
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    const isSignature = error.code === 'SIGNATURE_INVALID';
    return isSignature
      ? fails('statement-signature', 'STATEMENT_SIGNATURE', error.message, id)
      : fails('event', 'EVENT_ALTERED', error.message, id);
  }
}
