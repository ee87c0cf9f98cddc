import { decodeBase64url } from './base64url.js';

/** Whether a text is 32 bytes in canonical base64url: a SHA-256 digest, as in a `kid` or a commitment. */
export function isDigest(text: string): boolean {
  return text.length === 43 && decodeBase64url(text) !== undefined;
}
