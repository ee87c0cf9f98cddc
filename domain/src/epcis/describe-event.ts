import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { ucrOfTransaction } from './psg.js';
import { bareBizStep, bareDisposition } from './vocabulary.js';

/** What an index wants to find an event by. Times and ids are as the event has them; CBV words are bare. */
export interface EventDescription {
  readonly type: string;
  readonly action: string;
  /** ISO 8601 with an offset: the device's claim. */
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
  readonly bizStep?: string;
  readonly disposition?: string;
  /** URI of the read point. */
  readonly readPoint?: string;
  /** Everything that the event names by an EPC: parent, listed things, children, what was used up and made; each once. */
  readonly epcs: readonly string[];
  /** The consignments it is about. */
  readonly ucrs: readonly string[];
  /** The payload's own id, where it has one. */
  readonly eventID?: string;
}

const thingLists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;

/** Describes an event that `checkObservation` has let through. */
export function describeEvent(event: JsonObject): EventDescription {
  const { bizStep, disposition, readPoint, eventID } = event;
  const place = isJsonObject(readPoint) ? readPoint['id'] : undefined;
  return {
    type: textOf(event['type']),
    action: textOf(event['action']),
    eventTime: textOf(event['eventTime']),
    eventTimeZoneOffset: textOf(event['eventTimeZoneOffset']),
    ...(typeof bizStep === 'string' && { bizStep: bareBizStep(bizStep) }),
    ...(typeof disposition === 'string' && { disposition: bareDisposition(disposition) }),
    ...(typeof place === 'string' && { readPoint: place }),
    epcs: distinct([event['parentID'], ...thingLists.flatMap((list) => entries(event[list]))]),
    ucrs: distinct(entries(event['bizTransactionList']).map(ucrIn)),
    ...(typeof eventID === 'string' && { eventID }),
  };
}

function ucrIn(transaction: JsonValue): string | undefined {
  return isJsonObject(transaction)
    ? ucrOfTransaction(transaction['type'], transaction['bizTransaction'])
    : undefined;
}

function entries(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

function distinct(values: readonly (JsonValue | undefined)[]): string[] {
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
