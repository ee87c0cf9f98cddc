import { PassageError } from '../errors/passage-error.js';
import type { PublicJwk } from '../jwk/public-jwk.js';
import { verifyingKey } from '../jwk/verifying-key.js';
import { isSignedBy } from './compact-jws.js';
import type { UnverifiedStatement, VerifiedStatement } from './statement.js';

/**
 * Checks a statement's signature with the key that is registered under its `kid`. The algorithm is the key's; a header
 * that claims another one is refused, as is a key with another thumbprint. A high S is as good as a low one.
 *
 * It proves which key signed these bytes, and nothing about the ledger (`aud`), the sequence, or the device's status.
 *
 * @throws PassageError SIGNATURE_INVALID.
 */
export function verifyStatement(statement: UnverifiedStatement, jwk: PublicJwk): VerifiedStatement {
  const { kid } = statement.header;
  const key = verifyingKey(jwk);
  if (kid === key.kid && isSignedBy(statement, key)) return { ...statement, verified: true };
  throw new PassageError('SIGNATURE_INVALID', 'The statement was not signed by the key it names', {
    statementId: statement.statementId,
    kid,
  });
}
