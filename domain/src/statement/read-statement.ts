import { readCompactJws } from './compact-jws.js';
import { readStatementHeader } from './statement-header.js';
import { statementId } from './statement-id.js';
import type { UnverifiedStatement } from './statement.js';

/**
 * Reads a statement from its compact JWS: form, header and strict JSON, but no signature and no meaning of the payload.
 *
 * @throws PassageError INVALID_STATEMENT, TOO_LARGE, INVALID_HEADER, UNSUPPORTED_ALGORITHM, or a code of `readJson`.
 */
export function readStatement(jws: string): UnverifiedStatement {
  const { signingInput, header, payload, signature } = readCompactJws(jws);
  return {
    jws,
    signingInput,
    statementId: statementId(signingInput),
    header: readStatementHeader(header),
    payload,
    signature,
  };
}
