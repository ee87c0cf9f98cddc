import {
  bareEventViolations,
  classifyEvent,
  documentViolations,
  type EventClass,
  isDocument,
  isQuery,
  queryViolations,
} from '../epcis/index.js';
import type { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import { documentHashes, eventHash } from '../event-hash/event-hash.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { readPublicJwk } from '../jwk/read-public-jwk.js';
import { refusalOf, refused } from './refusal.js';
import type { CheckedKind, Verdict } from './verdict.js';

/** Judges a JSON value by what it says it is: an EPCIS document, a bare event, a query, a public key or a set of them. */
export function checkJson(value: JsonValue): Verdict {
  if (!isJsonObject(value)) return nothingKnown('TYPE', '', 'must be a JSON object');
  if ('kty' in value) return checkKeys([[value, '']]);
  if (isJsonArray(value['keys']))
    return checkKeys(value['keys'].map((key, at) => [key, `/keys/${String(at)}`]));
  if (isDocument(value)) return checkDocument(value);
  if ('type' in value) return checkEvent(value);
  if (isQuery(value)) return verdict('query', violationError('The query', queryViolations(value)));
  const message =
    'is missing: nothing says what this is (type of an event or document, kty of a key, a query parameter)';
  return nothingKnown('MISSING', '/type', message);
}

function checkDocument(document: JsonObject): Verdict {
  const error = violationError('The document', documentViolations(document));
  return verdict('document', error, () => documentHashes(document));
}

/** A bare event brings its own `@context` (EPCIS 2.0 JSON schema); inside a statement it may be left out. */
function checkEvent(event: JsonObject): Verdict {
  const error = violationError('The event', bareEventViolations(event));
  return { ...verdict('event', error, () => [eventHash(event)]), notes: notesOn(classifyEvent(event)) };
}

/** What is said besides of an event of this class; of none where its type is somebody's own. */
function notesOn(kind: EventClass | undefined): readonly string[] {
  if (kind === undefined) return ['no statement can carry it: its type is none of the five of EPCIS'];
  return kind === 'act' ? ["not judged: whether the device's owner may do this (it is an act)"] : [];
}

function checkKeys(keys: readonly (readonly [JsonValue, string])[]): Verdict {
  const errors = keys.map(([key, pointer]) => refused(() => void readPublicJwk(key, pointer)));
  return verdict(
    'key',
    errors.find((error) => error !== undefined),
  );
}

function nothingKnown(code: string, pointer: string, message: string): Verdict {
  return verdict('unknown', violationError('The text', [{ pointer, code, message }]));
}

function violationError(what: string, violations: readonly Violation[]): PassageError | undefined {
  return refused(() => refuseViolations(what, violations));
}

function verdict(
  kind: CheckedKind,
  error: PassageError | undefined,
  eventHashes: Verdict['eventHashes'] = () => [],
): Verdict {
  return { kind, ...(error !== undefined && { refusal: refusalOf(error) }), notes: [], eventHashes };
}
