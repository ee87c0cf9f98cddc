/*
 * PostgreSQL has no text with U+0000 (postgresql.org/docs, 8.3), SQLite has, and hostile writes may bring one. It stands there as two
 * characters, of which the first is for private use and stands for itself in the same way.
 */
const MARK = '\uF8FF';

const kept: readonly (readonly [text: string, stored: string])[] = [
  [MARK, `${MARK}1`],
  ['\0', `${MARK}0`],
];

/** A text as PostgreSQL takes it; `textOf` gives it back. Halves of surrogate pairs are lost, as in UTF-8. */
export function storedText(text: string): string {
  const whole = text.toWellFormed();
  if (!whole.includes('\0') && !whole.includes(MARK)) return whole;
  return kept.reduce((stored, [from, to]) => stored.replaceAll(from, to), whole);
}

export function textOf(stored: string): string {
  if (!stored.includes(MARK)) return stored;
  return kept.toReversed().reduce((text, [from, to]) => text.replaceAll(to, from), stored);
}

/** A parameter of a statement as PostgreSQL takes it. */
export function storedValue(value: unknown): unknown {
  return typeof value === 'string' ? storedText(value) : value;
}
