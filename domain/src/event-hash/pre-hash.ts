import { isJsonArray, type JsonObject, type JsonValue } from '../json/value.js';
import * as leaf from './leaf.js';
import { namesOf } from './names.js';
import {
  extensions,
  fieldsOf,
  joinSorted,
  listOf,
  objects,
  values,
  type Field,
  type Surroundings,
} from './parts.js';

const quantity = [values('epcClass', leaf.id), values('quantity', leaf.plain), values('uom', leaf.plain)];

function quantities(name: string): Field {
  return objects(name, quantity, 'quantityElement', name);
}

const place = [values('id', leaf.id)];

const origin = [
  values('deviceID', leaf.id),
  values('deviceMetadata', leaf.id),
  values('rawData', leaf.id),
  values('dataProcessingMethod', leaf.id),
];

const sensorMetadata = [
  values('time', leaf.time),
  values('startTime', leaf.time),
  values('endTime', leaf.time),
  ...origin,
  values('bizRules', leaf.id),
];

const measured = ['minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue', 'uom'];

const sensorReport = [
  values('type', leaf.measurement),
  values('exception', leaf.exception),
  ...origin,
  values('bizRules', leaf.id),
  values('time', leaf.time),
  values('microorganism', leaf.id),
  values('chemicalSubstance', leaf.id),
  values('value', leaf.plain),
  values('component', leaf.component),
  values('stringValue', leaf.plain),
  values('booleanValue', leaf.plain),
  values('hexBinaryValue', leaf.plain),
  values('uriValue', leaf.id),
  ...measured.map((name) => values(name, leaf.plain)),
  values('coordinateReferenceSystem', leaf.id),
];

const sensorElement = [objects('sensorMetadata', sensorMetadata), objects('sensorReport', sensorReport)];

/** The fields in the order of CBV 2.0 section 8.9.2, `certificationInfo` where the published vectors have it. */
const ordered: readonly Field[] = [
  values('eventTime', leaf.time),
  values('eventTimeZoneOffset', leaf.plain),
  values('certificationInfo', leaf.id),
  values('parentID', leaf.id),
  listOf('epcList', 'epc', leaf.id),
  listOf('inputEPCList', 'epc', leaf.id),
  listOf('childEPCs', 'epc', leaf.id),
  quantities('quantityList'),
  quantities('childQuantityList'),
  quantities('inputQuantityList'),
  listOf('outputEPCList', 'epc', leaf.id),
  quantities('outputQuantityList'),
  values('action', leaf.plain),
  values('transformationID', leaf.id),
  values('bizStep', leaf.bizStep),
  values('disposition', leaf.disposition),
  objects('persistentDisposition', [values('set', leaf.disposition), values('unset', leaf.disposition)]),
  objects('readPoint', place),
  objects('bizLocation', place),
  objects('sensorElementList', sensorElement, 'sensorElement', 'sensorElementList'),
];

function pairs(name: string, type: leaf.Leaf, value: string): Field {
  return objects(name, [values('type', type), values(value, leaf.id)], '', name);
}

/** What the vectors put behind, among the extensions and sorted with them. */
const behind: readonly Field[] = [
  pairs('bizTransactionList', leaf.transactionType, 'bizTransaction'),
  pairs('destinationList', leaf.partyType, 'destination'),
  pairs('sourceList', leaf.partyType, 'source'),
  objects('ilmd', []),
];

/** What does not make an event another event, and remarks wherever they stand. */
const NOT_THE_EVENT = ['@context', 'type', 'recordTime', 'eventID', 'errorDeclaration'];
const REMARKS = ['rdfs:comment', 'comment'];

const known: ReadonlySet<string> = new Set([
  ...NOT_THE_EVENT,
  ...ordered.map(({ name }) => name),
  ...behind.map(({ name }) => name),
]);

/** What a document says for all its events: its `@context`, and the members that its `…:ignoreFields` leaves out. */
export function surroundingsOf(document: JsonObject): Surroundings {
  return {
    names: namesOf(document['@context']),
    ignored: new Set([...REMARKS, ...ignoredFields(document)]),
  };
}

/**
 * The pre-hash string of an event (CBV 2.0 section 8.9.2): its fields in a fixed order, each value in one canonical form,
 * lists sorted by code point. Two events that say the same have the same string.
 */
export function preHashString(event: JsonObject, document: Surroundings = surroundingsOf({})): string {
  const { ignored } = document;
  const around = { names: namesOf(event['@context'], document.names), ignored };
  const type = typeof event['type'] === 'string' ? around.names.uri(event['type']) : '';
  const body = Object.fromEntries(Object.entries(event).filter(([name]) => !ignored.has(name)));
  const inOrder = fieldsOf(only(body, ordered), ordered, around);
  const rest = behind.map(({ name, write }) => (body[name] === undefined ? '' : write(body[name], around)));
  return `eventType=${type}${inOrder}${joinSorted([...rest, ...extensions(body, known, around)])}`;
}

function only(event: JsonObject, fields: readonly Field[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap(({ name }) => (event[name] === undefined ? [] : [[name, event[name]]])),
  );
}

/** The members that a document asks to leave out: an extension of the reference implementation, under any prefix. */
function ignoredFields(document: JsonObject): readonly string[] {
  return Object.entries(document)
    .filter(([name]) => name.endsWith(':ignoreFields'))
    .flatMap(([, value]): readonly JsonValue[] => (isJsonArray(value) ? value : [value]))
    .filter((name) => typeof name === 'string');
}
