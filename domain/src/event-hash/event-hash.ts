import { sha256 } from '#crypto';
import { utf8 } from '../bytes/bytes.js';
import { eventsOf } from '../epcis/document.js';
import type { JsonObject } from '../json/value.js';
import type { Surroundings } from './parts.js';
import { preHashString, surroundingsOf } from './pre-hash.js';

/**
 * The event hash ID of a bare event (CBV 2.0 section 8.9): `ni:///sha-256;`, 64 hex digits, `?ver=CBV2.0`. It names what the
 * event says, not who said it, and not how it was written.
 *
 * @param event read by the strict JSON reader, so that its numbers are the decimals that were written.
 */
export function eventHash(event: JsonObject): string {
  return hashOf(event);
}

/** The event hash IDs of the events of a document, in its order; its `@context` and `…:ignoreFields` hold for them. */
export function documentHashes(document: JsonObject): readonly string[] {
  const around = surroundingsOf(document);
  return eventsOf(document).map(({ event }) => hashOf(event, around));
}

function hashOf(event: JsonObject, around?: Surroundings): string {
  const digest = sha256(utf8(preHashString(event, around)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `ni:///sha-256;${hex}?ver=CBV2.0`;
}
