import { readPacking } from '../acts/packing-event.js';
import { isErrorDeclaration } from '../correction/correction.js';
import { describeEvent } from '../epcis/describe-event.js';
import { canonicalGs1Uri } from '../event-hash/canonical-gs1-uri.js';
import { unitOfUri, unitUri } from '../identifiers/transport-unit.js';
import { ucrOfUri } from '../identifiers/ucr.js';
import type { JsonObject } from '../json/value.js';

/** What an event is about. */
export interface Subjects {
  /** EPCs, each by one name however the event writes it: a unit as `unitUri` has it, a GS1 key as a Digital Link. */
  readonly things: readonly string[];
  /** UCRs. */
  readonly consignments: readonly string[];
}

/**
 * The things and consignments that an event is about. A consignment is named by its UCR as a business transaction, or as what is
 * packed. What declares an error is about nothing: it repeats what was wrong.
 */
export function subjectsOf(event: JsonObject): Subjects {
  if (isErrorDeclaration(event)) return { things: [], consignments: [] };
  const { epcs, ucrs } = describeEvent(event);
  return {
    things: [...new Set(epcs.filter((epc) => ucrOfUri(epc) === undefined).map(thingName))],
    consignments: withPacked(ucrs, event),
  };
}

/** The consignments that an event names, as `subjectsOf` has them, also of an event that declares an error. */
export function consignmentsOf(event: JsonObject): readonly string[] {
  return withPacked(describeEvent(event).ucrs, event);
}

function withPacked(ucrs: readonly string[], event: JsonObject): readonly string[] {
  return [...new Set([...ucrs, ...readPacking(event).goods.map(({ ucr }) => ucr)])];
}

/** An EPC by its one name, however it is written; goods of a consignment keep the name that they have. */
export function epcName(epc: string): string {
  return ucrOfUri(epc) === undefined ? thingName(epc) : epc;
}

function thingName(epc: string): string {
  const unit = unitOfUri(epc);
  return unit === undefined ? (canonicalGs1Uri(epc) ?? epc) : unitUri(unit);
}
