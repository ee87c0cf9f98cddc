import { utf8 } from '../bytes/bytes.js';
import { PassageError } from '../errors/passage-error.js';
import { JsonReader } from './json-reader.js';
import { readPlainJson } from './plain-json.js';
import type { JsonValue } from './value.js';

export interface ReadJsonOptions {
  /** The subject of the sentence in an error, "The text" where it is left out. */
  readonly what?: string;
  /** Longest input in UTF-8 bytes; 1 MiB where it is left out. */
  readonly maxBytes?: number;
  /** Deepest nesting of objects and arrays; 32 where it is left out. */
  readonly maxDepth?: number;
}

const DEFAULT_MAX_BYTES = 1_048_576;
const DEFAULT_MAX_DEPTH = 32;

/**
 * Reads one JSON value (RFC 8259) so strictly that every reader must read the same: UTF-8 without byte order mark, no
 * member twice, no number that would be rounded, no lone surrogate, every string in NFC, nothing behind the value.
 * Takes time linear in the input. Objects have no prototype, so a member is never mistaken for an inherited one; −0
 * becomes 0.
 *
 * @throws PassageError INVALID_JSON, DUPLICATE_MEMBER, UNSAFE_NUMBER, NOT_NFC, TOO_LARGE or TOO_DEEP; details hold
 *   `pointer` (RFC 6901, the value that was being read) and `offset` (UTF-16 code units), or `limit`.
 */
export function readJson(input: Uint8Array | string, options: ReadJsonOptions = {}): JsonValue {
  const { what = 'The text', maxBytes = DEFAULT_MAX_BYTES, maxDepth = DEFAULT_MAX_DEPTH } = options;
  if (byteLength(input, maxBytes) > maxBytes) {
    throw new PassageError('TOO_LARGE', `${what} is longer than ${maxBytes} bytes`, { limit: maxBytes });
  }
  const text = typeof input === 'string' ? input : decodeUtf8(what, input);
  return readPlainJson(text, maxDepth) ?? new JsonReader(text, what, maxDepth).read();
}

/** A UTF-16 code unit takes so many bytes of UTF-8 at most. */
const MOST_BYTES = 3;

/** The length in UTF-8 bytes, measured only as far as needed to compare it with the limit. */
function byteLength(input: Uint8Array | string, limit: number): number {
  const isNearLimit = input.length * MOST_BYTES > limit && input.length <= limit;
  return typeof input === 'string' && isNearLimit ? utf8(input).length : input.length;
}

const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(what: string, bytes: Uint8Array): string {
  try {
    return strictly.decode(bytes);
  } catch {
    throw new PassageError('INVALID_JSON', `${what} is not valid UTF-8`, { pointer: '', offset: 0 });
  }
}
