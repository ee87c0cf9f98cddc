import { readStatement } from '@passage/domain';
import type { UnverifiedStatement } from '@passage/domain';

/** Reads a statement strictly; throws PassageError where it is none. */
export type ReadStatement = (jws: string) => UnverifiedStatement;

/** Reads each statement once, however often it is asked for: for as long as one block is put into rows. */
export function readOnce(): ReadStatement {
  const known = new Map<string, UnverifiedStatement>();
  return (jws) => {
    const statement = known.get(jws) ?? readStatement(jws);
    known.set(jws, statement);
    return statement;
  };
}
