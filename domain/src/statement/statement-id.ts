import { sha256 } from '#crypto';
import { encodeBase64url } from '../bytes/base64url.js';
import { utf8 } from '../bytes/bytes.js';
import { isDigest } from '../bytes/digest.js';

const PREFIX = 'ni:///sha-256;';

/**
 * The id of a statement: a named-information URI (RFC 6920 section 3) over the JWS signing input, so that a second
 * signature over the same bytes is the same statement.
 */
export function statementId(signingInput: string): string {
  return PREFIX + encodeBase64url(sha256(utf8(signingInput)));
}

/** Whether a text is a statementId in its one canonical form. */
export function isStatementId(text: string): boolean {
  return text.startsWith(PREFIX) && isDigest(text.slice(PREFIX.length));
}
