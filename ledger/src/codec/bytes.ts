/** No bytes at all. */
export const NO_BYTES = new Uint8Array(0);

/** The parts one after another, in one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let total = 0;
  for (const part of parts) total += part.length;
  const whole = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Order of two byte strings, as Go's bytes.Compare: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether two byte strings are the same. Not for secrets: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal digits of the bytes. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

/** The bytes that `toHex` wrote: an even number of hexadecimal digits, in either case. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

/** As many arguments as every engine takes in one call. */
const MAX_ARGUMENTS = 8192;

/** The bytes as a string to look them up by: a different one for different bytes, made fast, and for nothing else. */
export function bytesKey(bytes: Uint8Array): string {
  let key = '';
  // Not TextDecoder's latin1: that one goes through a table, which takes longer and makes strings of twice the size.
  for (let start = 0; start < bytes.length; start += MAX_ARGUMENTS) {
    const part = bytes.subarray(start, start + MAX_ARGUMENTS);
    // Not spread: that goes byte by byte.
    key += Reflect.apply(String.fromCharCode, undefined, part) as string;
  }
  return key;
}
