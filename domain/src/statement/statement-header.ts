import { isDigest } from '../bytes/digest.js';
import type { JsonObject } from '../json/value.js';
import { algorithmRule, audienceRule, checkHeader, typeRule, type MemberRule } from './header.js';
import { isStatementId } from './statement-id.js';
import { STATEMENT_TYPE, type StatementHeader } from './statement.js';

const firstRules: Readonly<Record<string, MemberRule>> = {
  alg: algorithmRule,
  typ: typeRule(STATEMENT_TYPE),
  kid: {
    must: 'be a SHA-256 key thumbprint in canonical base64url (RFC 7638)',
    holds: (value) => typeof value === 'string' && isDigest(value),
  },
  aud: audienceRule,
  seq: {
    must: 'be an integer from 1 to 2^53−1',
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  },
};

const laterRules: Readonly<Record<string, MemberRule>> = {
  ...firstRules,
  prev: {
    must: "be the statementId of the key's previous statement",
    holds: (value) => typeof value === 'string' && isStatementId(value),
  },
};

/**
 * Reads the protected header of a statement: exactly `alg`, `typ`, `kid`, `aud`, `seq`, and `prev` unless `seq` is 1.
 *
 * @throws PassageError UNSUPPORTED_ALGORITHM, or INVALID_HEADER with every violation.
 */
export function readStatementHeader(header: JsonObject): StatementHeader {
  checkHeader(header, header['seq'] === 1 ? firstRules : laterRules);
  return header as unknown as StatementHeader;
}
