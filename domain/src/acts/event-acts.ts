import type { TransactionInfo } from '../command/operation.js';
import { classifyEvent } from '../epcis/event-classes.js';
import { eventViolations } from '../epcis/event-violations.js';
import { refuseViolations } from '../errors/violations.js';
import type { JsonObject } from '../json/value.js';
import type { StateEntry } from '../state/codec.js';
import type { StateKey, StateKind } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import { concernActs } from './concern.js';
import type { ActClaim, EventAct } from './event-act.js';
import { packingActs } from './packing-acts.js';
import { sealActs } from './seal-acts.js';
import { transformationActs } from './transformation-acts.js';

/** Every rule about events that act. docs/acts.md shows the table. */
export const eventActs: readonly EventAct[] = [
  ...concernActs,
  ...packingActs,
  ...sealActs,
  ...transformationActs,
];

/** The kinds of keys that acts in statements may write. */
export const eventActWrites: readonly StateKind[] = [...new Set(eventActs.flatMap(({ writes }) => writes))];

/** The rules of an event's cell; none for an observation. */
function actsOn(event: JsonObject): readonly EventAct[] {
  if (classifyEvent(event) !== 'act') return [];
  return eventActs.filter(({ type, action }) => type === event['type'] && action === event['action']);
}

/**
 * Judges the form of what a device says, by the EPCIS 2.0 and CBV 2.0 rules that docs/epcis.md lists. Strange times and strange
 * places are let in: what a device saw is a fact.
 *
 * @throws PassageError INVALID_FIELD with every violation.
 */
export function checkEvent(event: JsonObject): void {
  refuseViolations('The event', eventViolations(event));
}

/** The keys that judging an event's acts reads; none for an observation. */
export function eventActReads(event: JsonObject): readonly StateKey[] {
  return actsOn(event).flatMap((act) => act.reads(event));
}

/** The keys that judging an event's acts reads besides, by what was read so far. */
export function eventActReadsThen(event: JsonObject, view: WorldView): readonly StateKey[] {
  return actsOn(event).flatMap((act) => act.readsThen?.(event, view) ?? []);
}

/** What an event's acts write, each judged against the state before the event. @throws PassageError of the first that is refused */
export function decideEventActs(
  claim: ActClaim,
  view: WorldView,
  tx: TransactionInfo,
): readonly StateEntry[] {
  return actsOn(claim.event).flatMap((act) => act.decide(claim, view, tx));
}
