import type { Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { list, oneOf, text, type Check } from './check.js';
import { eventInDocument } from './event-violations.js';
import { context, extensible, scopeOf } from './extensions.js';
import { masterData, vocabulary } from './master-data.js';
import { anyText, dateTime, uri } from './values.js';

const schemaVersion = text('be a version as in 2.0', (value) => /^[0-9]+(?:\.[0-9]+)*$/.test(value));
const eventList = list(eventInDocument, 0);

const epcisDocument = extensible({
  required: {
    '@context': context,
    type: oneOf('EPCISDocument'),
    schemaVersion,
    creationDate: dateTime,
    epcisBody: extensible({ required: { eventList }, optional: {} }),
  },
  optional: {
    id: uri,
    instanceIdentifier: anyText,
    sender: anyText,
    receiver: anyText,
    epcisHeader: extensible({ required: {}, optional: { epcisMasterData: masterData } }),
  },
});

const queryResults = extensible({
  required: {
    queryName: anyText,
    resultsBody: extensible({ required: { eventList }, optional: { vocabularyList: list(vocabulary, 0) } }),
  },
  optional: { subscriptionID: anyText },
});

const epcisQueryDocument = extensible({
  required: {
    '@context': context,
    type: oneOf('EPCISQueryDocument'),
    epcisBody: extensible({ required: { queryResults }, optional: {} }),
  },
  optional: { id: uri, schemaVersion, creationDate: dateTime },
});

/** The checks of the two kinds of document (EPCIS 2.0 sections 8.1.5 and 9.5), by their `type`. */
const documentChecks: ReadonlyMap<JsonValue | undefined, Check> = new Map<JsonValue | undefined, Check>([
  ['EPCISDocument', epcisDocument],
  ['EPCISQueryDocument', epcisQueryDocument],
]);

/** Whether a value says that it is an EPCIS document or a query document. */
export function isDocument(value: JsonObject): boolean {
  return documentChecks.has(value['type']);
}

/** Everything that is wrong with the form of a document and of the events in it. */
export function documentViolations(document: JsonObject): readonly Violation[] {
  const scope = scopeOf(document['@context']);
  documentChecks.get(document['type'])?.(document, '', scope);
  return scope.violations;
}

/** An event and its place in the document. */
export interface PlacedEvent {
  readonly event: JsonObject;
  readonly pointer: string;
}

const PLACES: readonly (readonly string[])[] = [
  ['epcisBody', 'eventList'],
  ['epcisBody', 'queryResults', 'resultsBody', 'eventList'],
];

/** The events of a document, in its order; none where it has no list of them. */
export function eventsOf(document: JsonObject): readonly PlacedEvent[] {
  return PLACES.flatMap((path) => {
    const found = path.reduce<JsonValue | undefined>(memberOf, document);
    const pointer = path.reduce(pointerTo, '');
    return (isJsonArray(found) ? [...found.entries()] : []).flatMap(([index, event]) =>
      isJsonObject(event) ? [{ event, pointer: pointerTo(pointer, index) }] : [],
    );
  });
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}
