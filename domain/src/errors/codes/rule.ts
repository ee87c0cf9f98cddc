/**
 * What kind of refusal a code is: the input is malformed (validation), the caller may not (authorization), the ledger's
 * state stands against it (conflict), evidence does not hold (integrity), a named thing is not on the ledger
 * (not_found), or the answer cannot be given now (unavailable).
 */
export type ErrorFamily =
  'validation' | 'authorization' | 'conflict' | 'integrity' | 'not_found' | 'unavailable';

/** One row of the table: the family, what the code means, and what the person who meets it does next. */
export interface ErrorRule {
  readonly family: ErrorFamily;
  readonly meaning: string;
  readonly next: string;
}

/** One row. */
export function rule(family: ErrorFamily, meaning: string, next: string): ErrorRule {
  return { family, meaning, next };
}
