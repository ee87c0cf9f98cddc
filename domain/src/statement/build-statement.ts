import { encodeBase64url } from '../bytes/base64url.js';
import { jwsSigningInput } from './compact-jws.js';
import { readStatementHeader } from './statement-header.js';
import type { StatementHeader } from './statement.js';

/**
 * The ASCII text that a device signs: its header, and the payload's bytes exactly as they will stand.
 *
 * @throws PassageError INVALID_HEADER, UNSUPPORTED_ALGORITHM: a header that no reader would take is never signed.
 */
export function statementSigningInput(header: StatementHeader, payload: Uint8Array): string {
  return jwsSigningInput({ ...readStatementHeader({ ...header }) }, payload);
}

/** The compact JWS of a signing input and its signature (r‖s or R‖S, 64 bytes). */
export function assembleStatement(signingInput: string, signature: Uint8Array): string {
  return `${signingInput}.${encodeBase64url(signature)}`;
}
