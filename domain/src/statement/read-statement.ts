import { readCompactJws, readJsonPayload } from './compact-jws.js';
import { readStatementHeader } from './statement-header.js';
import { statementId } from './statement-id.js';
import type { UnverifiedStatement } from './statement.js';

/**
 * Reads a statement from its compact JWS: form, header and strict JSON, but no signature and no meaning of the payload.
 *
 * @throws PassageError INVALID_STATEMENT, TOO_LARGE, INVALID_HEADER, UNSUPPORTED_ALGORITHM, or a code of `readJson`.
 */
export function readStatement(jws: string): UnverifiedStatement {
  const parts = readCompactJws(jws);
  const header = readStatementHeader(parts.header);
  const { signingInput, signature } = parts;
  const payload = readJsonPayload(parts);
  return { jws, signingInput, statementId: statementId(signingInput), header, payload, signature };
}
