import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import type { JsonObject } from '../json/value.js';
import { hasEntries, report, type Check, type Scope } from './check.js';
import { observationChecks } from './event-fields.js';
import { prefixesOf } from './extensions.js';

/** A fact that a device saw, which is refused for its form alone; or an act, which needs permission. */
export type EventClass = 'observation' | 'act';

const ACT_TYPES: readonly unknown[] = ['TransactionEvent', 'TransformationEvent'];
const ACT_ACTIONS: readonly unknown[] = ['ADD', 'DELETE'];

/**
 * Whether an event is an observation or an act: an act adds or deletes, or is a TransactionEvent or a
 * TransformationEvent. An event whose action is wrong or missing counts as an observation, and fails as one; undefined
 * where the type is none of EPCIS's five.
 */
export function classifyEvent(event: JsonObject): EventClass | undefined {
  if (ACT_TYPES.includes(event['type'])) return 'act';
  if (observationCheckOf(event) === undefined) return undefined;
  return ACT_ACTIONS.includes(event['action']) ? 'act' : 'observation';
}

/**
 * Judges the form of an observation: fields, words, times, identifiers and the names of extensions, by the EPCIS 2.0
 * and CBV 2.0 rules that docs/epcis.md lists. Strange times and strange places are let in: what a device saw is a fact.
 *
 * @throws PassageError NOT_AN_OBSERVATION for an act; INVALID_FIELD with every violation.
 */
export function checkObservation(event: JsonObject): void {
  if (classifyEvent(event) === 'act') {
    throw new PassageError(
      'NOT_AN_OBSERVATION',
      'The event is an act, and statements carry observations only',
      {
        type: event['type'] ?? null,
        action: event['action'] ?? null,
      },
    );
  }
  const scope: Scope = { prefixes: prefixesOf(event), violations: [] };
  const check = observationCheckOf(event);
  if (check === undefined) {
    report(scope, '/type', 'VALUE', 'must be ObjectEvent, AggregationEvent or AssociationEvent');
  } else {
    check(event, '', scope);
    checkWhat(event, scope);
  }
  refuseViolations('The event', scope.violations);
}

function observationCheckOf({ type }: JsonObject): Check | undefined {
  return typeof type === 'string' ? observationChecks.get(type) : undefined;
}

/** An event has to be about something: what was seen, or, for a reading of the surroundings, where. */
function checkWhat(event: JsonObject, scope: Scope): void {
  if (event['type'] !== 'ObjectEvent') {
    if (hasEntries(event, 'childEPCs') || hasEntries(event, 'childQuantityList')) return;
    report(scope, '', 'MISSING', 'needs childEPCs or childQuantityList');
    return;
  }
  if (hasEntries(event, 'epcList') || hasEntries(event, 'quantityList')) return;
  if (hasEntries(event, 'sensorElementList') && 'readPoint' in event) return;
  report(scope, '', 'MISSING', 'needs epcList or quantityList, or sensorElementList with readPoint');
}
