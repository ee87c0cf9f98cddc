import { sha256 } from '#crypto';
import { utf8 } from '../bytes/bytes.js';
import type { JsonObject } from '../json/value.js';
import { preHashString } from './pre-hash.js';

/**
 * The event hash ID of an event (CBV 2.0 section 8.9): `ni:///sha-256;`, 64 hex digits, `?ver=CBV2.0`. It names what the
 * event says, not who said it, and not how it was written.
 *
 * @param event read by the strict JSON reader, so that its numbers are the decimals that were written.
 * @param document the document around the event, whose `@context` and `…:ignoreFields` hold for it.
 */
export function eventHash(event: JsonObject, document?: JsonObject): string {
  const digest = sha256(utf8(preHashString(event, document)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `ni:///sha-256;${hex}?ver=CBV2.0`;
}
