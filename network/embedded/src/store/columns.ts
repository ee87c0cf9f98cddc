/** The value of a BLOB column. */
export function blob(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('not a BLOB');
}

/** The value of an INTEGER column. */
export function integer(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError('not an INTEGER');
}

/** The value of a TEXT column, or of a BLOB that holds UTF-8. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : Buffer.from(blob(value)).toString('utf8');
}
