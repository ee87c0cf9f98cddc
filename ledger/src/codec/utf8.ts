// ignoreBOM keeps a leading U+FEFF as the character it is, as Go does.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Names and keys are shorter than this; for them the way into the decoder and back takes longest. */
const SHORT = 64;

/** Text of the bytes, or undefined if they are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (bytes.length <= SHORT && bytes.every(isAscii)) {
    return Reflect.apply(String.fromCharCode, undefined, bytes) as string;
  }
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function isAscii(byte: number): boolean {
  return byte < 0x80;
}

/** UTF-8 bytes of the text, or undefined if it holds half a surrogate pair, which has none. */
export function encodeUtf8(text: string): Uint8Array | undefined {
  return text.isWellFormed() ? encoder.encode(text) : undefined;
}

/** UTF-8 bytes of a text known to be well-formed, such as a literal. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
