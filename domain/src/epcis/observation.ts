import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import type { JsonObject } from '../json/value.js';
import { classifyEvent } from './event-classes.js';
import { eventViolations } from './event-violations.js';

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
      { type: event['type'] ?? null, action: event['action'] ?? null },
    );
  }
  refuseViolations('The event', eventViolations(event));
}
