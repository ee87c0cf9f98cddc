import { PassageError } from '../errors/passage-error.js';
import type { PublicJwk } from '../jwk/public-jwk.js';
import { verifyingKey } from '../jwk/verifying-key.js';
import { isSignedBy } from './compact-jws.js';
import type { UnverifiedStatement, VerifiedStatement } from './statement.js';

/**
 * Statements, as compact JWS, whose signatures somebody has checked already, each by the key whose thumbprint it carries. It says
 * nothing else of them.
 */
export type SignedStatements = ReadonlySet<string>;

/**
 * Checks a statement's signature with the key that is registered under its `kid`. The algorithm is the key's; a header
 * that claims another one is refused, as is a key with another thumbprint. A high S is as good as a low one.
 *
 * It proves which key signed these bytes, and nothing about the ledger (`aud`), the sequence, or the device's status.
 *
 * @param signed what needs no second look; nothing where it is absent.
 * @throws PassageError SIGNATURE_INVALID.
 */
export function verifyStatement(
  statement: UnverifiedStatement,
  jwk: PublicJwk,
  signed?: SignedStatements,
): VerifiedStatement {
  const { kid } = statement.header;
  const key = verifyingKey(jwk);
  const isSigned = kid === key.kid && (signed?.has(statement.jws) === true || isSignedBy(statement, key));
  if (isSigned) return { ...statement, verified: true };
  throw new PassageError('SIGNATURE_INVALID', 'The statement was not signed by the key it names', {
    statementId: statement.statementId,
    kid,
  });
}
