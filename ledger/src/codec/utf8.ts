// ignoreBOM keeps a leading U+FEFF as the character it is, as Go does.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Text of the bytes, or undefined if they are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Names of channels, organisations and chaincodes are no longer than this. */
const LONGEST_NAME = 24;

/** The names that were met last, each at a place that follows from its bytes: a channel says the same few over and over. */
const names: (string | undefined)[] = Array.from({ length: 512 });

/** Text of the bytes between two offsets, or undefined if they are not valid UTF-8; a name of before is the same string again. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > LONGEST_NAME) return decodeUtf8(bytes.subarray(start, end));
  let mark = 0;
  for (let at = start; at < end; at++) mark = (Math.imul(mark, 31) + (bytes[at] ?? 0)) | 0;
  const place = (mark >>> 0) % names.length;
  const name = names[place];
  if (name !== undefined && isAt(name, bytes, start, end)) return name;
  const text = decodeUtf8(bytes.subarray(start, end));
  names[place] = text;
  return text;
}

/** Whether the bytes are those of a text of ASCII; never so for any other text. */
function isAt(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at++) {
    const byte = bytes[start + at] ?? 0;
    if (byte >= 0x80 || text.charCodeAt(at) !== byte) return false;
  }
  return true;
}

/** UTF-8 bytes of the text, or undefined if it holds half a surrogate pair, which has none. */
export function encodeUtf8(text: string): Uint8Array | undefined {
  return text.isWellFormed() ? encoder.encode(text) : undefined;
}

/** UTF-8 bytes of a text known to be well-formed, such as a literal. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
