import type { JsonValue } from './value.js';

/** Signs beyond printable ASCII, and escapes. */
const NOT_PLAIN = /[^ -[\]-~]/;

/**
 * Reads a JSON text that is exactly what `JSON.stringify` writes of its value, in printable ASCII without escapes: the engine's own reader
 * takes a third of the time that `JsonReader` takes for it. Such a text has no member twice (one of them would be gone), no
 * number that was rounded (it would be written otherwise), and needs no look at NFC or surrogates.
 *
 * @returns undefined where the text may be another one, and `JsonReader` has to say what it is.
 */
export function readPlainJson(text: string, maxDepth: number): JsonValue | undefined {
  if (NOT_PLAIN.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return JSON.stringify(value) === text && isSafe(value, maxDepth) ? value : undefined;
  } catch {
    return undefined; // no JSON, or nested deeper than the engine writes
  }
}

/** Whether the strict reader would take it; takes the prototypes of its objects away, as that reader gives none. */
function isSafe(value: JsonValue, depth: number): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((entry: JsonValue) => isSafe(entry, depth - 1));
  Object.setPrototypeOf(value, null);
  return Object.values(value).every((member) => isSafe(member, depth - 1));
}
