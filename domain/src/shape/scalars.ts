import type { JsonValue } from '../json/value.js';
import { broken, type Shape } from './shape.js';

/** Exactly this value: a format version, for one. */
export function constant<const T extends string | number>(expected: T): Shape<T> {
  return (value, pointer, violations) =>
    value === expected ? expected : broken(violations, pointer, `must be ${JSON.stringify(expected)}`);
}

/** A member that is there only to say yes. */
export const flag: Shape<boolean> = (value, pointer, violations) =>
  value === true ? true : broken(violations, pointer, 'must be true, or absent');

/** One word of a list. */
export function oneOf<const T extends string>(words: readonly T[]): Shape<T> {
  return (value, pointer, violations) =>
    words.find((word) => word === value) ??
    broken(violations, pointer, `must be one of: ${words.join(', ')}`);
}

/** An integer from `min` to `max`, both allowed. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, pointer, violations) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : broken(violations, pointer, `must be an integer from ${String(min)} to ${String(max)}`);
}

/** A string that the whole of `pattern` describes; `description` completes "must be …". */
export function pattern(expression: RegExp, description: string): Shape<string> {
  return such((text) => expression.test(text), description);
}

/** A readable line: 1 to `max` UTF-16 units, no control characters, no blank at either end. */
export function line(max: number): Shape<string> {
  const controls = /\p{Cc}/u;
  return (value, pointer, violations) =>
    isString(value) &&
    value.length > 0 &&
    value.length <= max &&
    value === value.trim() &&
    !controls.test(value)
      ? value
      : broken(
          violations,
          pointer,
          `must be a text of 1 to ${String(max)} characters without control characters or outer blanks`,
        );
}

/** A string of which `holds` is true; `description` completes "must be …". */
export function such(holds: (text: string) => boolean, description: string): Shape<string> {
  return (value, pointer, violations) =>
    isString(value) && holds(value) ? value : broken(violations, pointer, `must be ${description}`);
}

function isString(value: JsonValue): value is string {
  return typeof value === 'string';
}
