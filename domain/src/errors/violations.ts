import type { ErrorCode } from './codes.js';
import { PassageError } from './passage-error.js';

/** One broken rule: where (RFC 6901 pointer into the value that was read), which, and in words. */
export type Violation = {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
};

/**
 * Throws one error that lists every violation, or nothing where there is none.
 *
 * @param what the thing that was read, as the subject of a sentence: "The event".
 * @param code INVALID_FIELD unless the reader has a code of its own.
 */
export function refuseViolations(
  what: string,
  violations: readonly Violation[],
  code: ErrorCode = 'INVALID_FIELD',
): void {
  const [first] = violations;
  if (first === undefined) return;
  const more = violations.length === 1 ? '' : ` (and ${String(violations.length - 1)} more)`;
  const place = first.pointer === '' ? '' : ` at ${first.pointer}`;
  throw new PassageError(code, `${what} is not valid${place}: ${first.message}${more}`, { violations });
}
