import { isErrorCode } from '../errors/codes.js';
import { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import type { JsonValue } from '../json/value.js';

/**
 * Reads one JSON value as a `T`. Where it is none, reports every broken rule with its JSON pointer (RFC 6901) and gives
 * undefined, so that one reading of an input lists all that is wrong with it.
 */
export type Shape<T> = (value: JsonValue, pointer: string, violations: Violation[]) => T | undefined;

/** Adds a violation; gives undefined, so that a shape can end on it. */
export function broken(violations: Violation[], pointer: string, message: string, code = 'VALUE'): undefined {
  violations.push({ pointer, code, message });
  return undefined;
}

/**
 * The value as a `T`, or an error that lists everything wrong with it: INVALID_FIELD, unless the first violation has a code
 * of its own from the closed list.
 *
 * @param what what is read, as the subject of a sentence: "The input of OpenShipment".
 */
export function readShape<T>(what: string, shape: Shape<T>, value: JsonValue): T {
  const violations: Violation[] = [];
  const read = shape(value, '', violations);
  const code = violations[0]?.code ?? '';
  refuseViolations(what, violations, isErrorCode(code) ? code : 'INVALID_FIELD');
  if (read === undefined) throw new TypeError(`a shape gave neither value nor violation for ${what}`);
  return read;
}

/** A shape made of a reader that throws: its PassageError is one violation, under its own code. */
export function readWith<T>(read: (value: JsonValue, pointer: string) => T): Shape<T> {
  return (value, pointer, violations) => {
    try {
      return read(value, pointer);
    } catch (error) {
      if (!(error instanceof PassageError)) throw error;
      broken(violations, pointer, error.message, error.code);
      return undefined;
    }
  };
}

/** A shape whose value is read further by a reader that throws, as `readWith` does. */
export function mapped<From, To>(shape: Shape<From>, read: (value: From) => To): Shape<To> {
  return (value, pointer, violations) => {
    const from = shape(value, pointer, violations);
    return from === undefined ? undefined : readWith(() => read(from))(value, pointer, violations);
  };
}
