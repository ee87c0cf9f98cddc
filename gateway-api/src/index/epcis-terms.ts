import { createHash } from 'node:crypto';

import {
  describeEvent,
  epcName,
  isErrorDeclaration,
  isJsonArray,
  isJsonObject,
  unlocodeIn,
} from '@passage/domain';
import type { JsonObject, JsonValue } from '@passage/domain';

import type { EpcisTermTable, StatementTable } from './tables/index.js';

/*
 * What of an EPCIS event queries look for. What an event has once stands in columns of its statement; what it may have several times
 * stands in rows of `epcis_term`, under the names of EPCIS's query parameters (docs/epcis-queries.md).
 */

/** Characters of a value that an index has in full. */
const MOST_CHARACTERS = 400;

/**
 * A value as it is looked for. Whoever signs a statement chooses its values, and no database takes them at any length into an index:
 * what is longer is known by its beginning and its SHA-256.
 */
export function searchable(value: string): string {
  if (value.length <= MOST_CHARACTERS) return value;
  const digest = createHash('sha256').update(value).digest('hex');
  return `${value.slice(0, MOST_CHARACTERS).toWellFormed()}#${digest}`;
}

type EpcisColumns = Pick<
  StatementTable,
  | 'event_type'
  | 'action'
  | 'event_time'
  | 'biz_step'
  | 'disposition'
  | 'read_point'
  | 'biz_location'
  | 'event_id'
  | 'declares_error'
>;

/** The columns of a statement that say what its event is. */
export function epcisColumns(event: JsonObject): EpcisColumns {
  const described = describeEvent(event);
  const time = Date.parse(described.eventTime);
  return {
    event_type: described.type,
    action: described.action,
    event_time: Number.isNaN(time) ? '' : new Date(time).toISOString(),
    biz_step: searchableOrNull(described.bizStep),
    disposition: searchableOrNull(described.disposition),
    read_point: placeName(event['readPoint']),
    biz_location: placeName(event['bizLocation']),
    event_id: searchableOrNull(described.eventID),
    declares_error: isErrorDeclaration(event) ? 1 : 0,
  };
}

function searchableOrNull(value: string | undefined): string | null {
  return value === undefined ? null : searchable(value);
}

/** A place by its UN/LOCODE, where its id names one. */
export function placeNameOf(id: string): string {
  return unlocodeIn(id) ?? id;
}

function placeName(place: JsonValue | undefined): string | null {
  const id = place !== undefined && isJsonObject(place) ? place['id'] : undefined;
  return typeof id === 'string' ? searchable(placeNameOf(id)) : null;
}

type Term = Pick<EpcisTermTable, 'term' | 'value'>;

/** The values that an event has, each once. */
export function epcisTerms(event: JsonObject): readonly Term[] {
  const named = [...epcTerms(event), ...classTerms(event), ...typedTerms(event), ...otherTerms(event)];
  const terms = named.filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  const distinct = new Map(
    terms.map(([term, value]) => [`${term} ${value}`, { term: searchable(term), value: searchable(value) }]),
  );
  return [...distinct.values()];
}

type Named = readonly [term: string, value: JsonValue | undefined];

function epcTerms(event: JsonObject): readonly Named[] {
  const lists = { epcList: 'epc', childEPCs: 'epc', inputEPCList: 'inputEPC', outputEPCList: 'outputEPC' };
  const listed = Object.entries(lists).flatMap(([list, term]) =>
    entries(event[list]).map((epc): Named => [term, epc]),
  );
  return [['parentID', event['parentID']] as const, ...listed].map(([term, epc]) => [
    term,
    typeof epc === 'string' ? epcName(epc) : undefined,
  ]);
}

function classTerms(event: JsonObject): readonly Named[] {
  const lists = {
    quantityList: 'epcClass',
    childQuantityList: 'epcClass',
    inputQuantityList: 'inputEPCClass',
    outputQuantityList: 'outputEPCClass',
  };
  return Object.entries(lists).flatMap(([list, term]) =>
    entries(event[list]).map((each): Named => [term, memberOf(each, 'epcClass')]),
  );
}

/** Business transactions, sources and destinations: the type is part of the name, as in EPCIS's `EQ_bizTransaction_type`. */
function typedTerms(event: JsonObject): readonly Named[] {
  const lists = {
    bizTransactionList: 'bizTransaction',
    sourceList: 'source',
    destinationList: 'destination',
  };
  return Object.entries(lists).flatMap(([list, member]) =>
    entries(event[list]).map((each): Named => {
      const type = memberOf(each, 'type');
      return [typedTerm(member, typeof type === 'string' ? type : ''), memberOf(each, member)];
    }),
  );
}

/** The name of a term that has a type; no type is a type of its own. */
export function typedTerm(member: string, type: string): string {
  return `${member}_${type}`;
}

function otherTerms(event: JsonObject): readonly Named[] {
  const lasting = event['persistentDisposition'];
  const declared = event['errorDeclaration'];
  const reports = entries(event['sensorElementList']).flatMap((element) => [
    ...entries(memberOf(element, 'sensorReport')),
    memberOf(element, 'sensorMetadata') ?? {},
  ]);
  return [
    ['transformationID', event['transformationID']],
    ...entries(memberOf(lasting, 'set')).map((word): Named => ['persistentDisposition_set', word]),
    ...entries(memberOf(lasting, 'unset')).map((word): Named => ['persistentDisposition_unset', word]),
    ['errorReason', memberOf(declared, 'reason')],
    ...entries(memberOf(declared, 'correctiveEventIDs')).map((id): Named => ['correctiveEventID', id]),
    ...reports.flatMap((report): readonly Named[] => [
      ['type', memberOf(report, 'type')],
      ['deviceID', memberOf(report, 'deviceID')],
    ]),
  ];
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value !== undefined && isJsonObject(value) ? value[name] : undefined;
}

function entries(value: JsonValue | undefined): readonly JsonValue[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}
