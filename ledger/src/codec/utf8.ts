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

/** UTF-8 bytes of the text, or undefined if it holds half a surrogate pair, which has none. */
export function encodeUtf8(text: string): Uint8Array | undefined {
  return text.isWellFormed() ? encoder.encode(text) : undefined;
}

/** UTF-8 bytes of a text known to be well-formed, such as a literal. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
