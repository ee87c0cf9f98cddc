import { PassageError } from '../errors/passage-error.js';
import type { PublicJwk } from '../jwk/public-jwk.js';
import { readStatement } from '../statement/read-statement.js';
import type { UnverifiedStatement } from '../statement/statement.js';
import { verifyStatement } from '../statement/verify-statement.js';

/** Two statements that contradict each other in form: whether the key has signed both is still to be checked. */
export interface UnverifiedEquivocation {
  readonly kid: string;
  readonly seq: number;
  readonly statements: readonly [UnverifiedStatement, UnverifiedStatement];
}

/**
 * Reads the two statements of a proof: one key, one number, one ledger, different bytes. A second signature over the same
 * bytes contradicts nothing. What the payloads say is not looked at.
 *
 * @throws PassageError NOT_EQUIVOCATION, or why one of the two is no statement
 */
export function readEquivocation(first: string, second: string): UnverifiedEquivocation {
  const [one, other] = [readStatement(first), readStatement(second)];
  const { kid, seq, aud } = one.header;
  if (other.header.kid !== kid) throw notEquivocation('they name different keys');
  if (other.header.seq !== seq) throw notEquivocation('they have different numbers');
  if (other.header.aud !== aud) throw notEquivocation('they were signed for different ledgers');
  if (other.statementId === one.statementId) throw notEquivocation('they are one statement');
  return { kid, seq, statements: [one, other] };
}

/** Checks that the key has signed both. @throws PassageError NOT_EQUIVOCATION */
export function verifyEquivocation({ statements }: UnverifiedEquivocation, jwk: PublicJwk): void {
  for (const statement of statements) {
    try {
      verifyStatement(statement, jwk);
    } catch (error) {
      if (!(error instanceof PassageError)) throw error;
      throw notEquivocation('the key has not signed both');
    }
  }
}

function notEquivocation(why: string): PassageError {
  return new PassageError('NOT_EQUIVOCATION', `The two statements prove no equivocation: ${why}`);
}
