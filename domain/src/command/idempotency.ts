import { sha256 } from '#crypto';
import { encodeBase64url } from '../bytes/base64url.js';
import { utf8 } from '../bytes/bytes.js';
import { PassageError } from '../errors/passage-error.js';
import { canonicalJson } from '../json/canonical.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import { entry, type StateEntry } from '../state/codec.js';
import type { StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';

/** One request of one caller: what is asked, and under which key the ledger remembers it. */
export interface Request {
  readonly key: StateKey<'request'>;
  readonly command: string;
  readonly argument: JsonValue;
}

/**
 * What came of the same request before, or undefined if it is new.
 *
 * @throws PassageError IDEMPOTENCY_CONFLICT where the request id was used for something else.
 */
export function earlierResult(request: Request, view: WorldView): JsonObject | undefined {
  const earlier = view.get(request.key);
  if (earlier === undefined) return undefined;
  if (earlier.command === request.command && earlier.digest === digestOf(request.argument))
    return earlier.result;
  const details = { requestId: request.key.split('/').at(-1) ?? '', command: earlier.command };
  throw new PassageError(
    'IDEMPOTENCY_CONFLICT',
    `The request id was used for another ${earlier.command}`,
    details,
  );
}

/** The record by which the request is known when it comes again. */
export function rememberRequest(request: Request, result: JsonObject): StateEntry {
  return entry(request.key, { v: 1, command: request.command, digest: digestOf(request.argument), result });
}

/** Over the canonical form: blanks and the order of members make no other request. */
function digestOf(argument: JsonValue): string {
  return encodeBase64url(sha256(utf8(canonicalJson(argument))));
}
