import { utf8 } from '@passage/ledger';

/**
 * The bytes that are signed: the format's name on the first line, then one line `name value` for each field, every line ended
 * by a line feed. No value holds a line feed, so no two sets of fields give the same bytes.
 */
export function signedText(
  format: string,
  fields: readonly (readonly [name: string, value: string | number])[],
): Uint8Array {
  return utf8(`${format}\n${fields.map(([name, value]) => `${name} ${value}\n`).join('')}`);
}
