const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const SEXTETS = new Int8Array(128).fill(-1);
for (let value = 0; value < ALPHABET.length; value += 1) SEXTETS[ALPHABET.charCodeAt(value)] = value;

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += ALPHABET.charAt(triple >> 18) + ALPHABET.charAt((triple >> 12) & 63);
    if (left > 1) text += ALPHABET.charAt((triple >> 6) & 63);
    if (left > 2) text += ALPHABET.charAt(triple & 63);
  }
  return text;
}

/**
 * The bytes of a canonical base64url text, or undefined where it is not one: a character outside the alphabet, padding,
 * an impossible length, or left-over bits that are not zero. So two different texts never mean the same bytes.
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const tail = text.length % 4;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sextet = SEXTETS[text.charCodeAt(index)] ?? -1;
    if (sextet < 0) return undefined;
    held = ((held << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    at += 1;
  }
  const leftOver = held & ((1 << bits) - 1);
  return leftOver === 0 ? bytes : undefined;
}
