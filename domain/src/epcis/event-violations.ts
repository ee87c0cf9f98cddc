import type { Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonObject, type JsonObject } from '../json/value.js';
import { report, type Check, type Scope } from './check.js';
import { eventChecks, extendedEvent } from './event-fields.js';
import { innerScope, scopeOf } from './extensions.js';
import { isUri } from './values.js';

/** Everything that is wrong with the form of an event of one of EPCIS 2.0's five types, by the rules of docs/epcis.md. */
export function eventViolations(event: JsonObject): readonly Violation[] {
  const scope = scopeOf(event['@context']);
  const check = checkOf(event) ?? unknownType;
  check(event, '', scope);
  return scope.violations;
}

/** The same for an event that stands alone, outside a statement: it brings its `@context`, and its type may be anybody's. */
export function bareEventViolations(event: JsonObject): readonly Violation[] {
  const scope = scopeOf(event['@context']);
  if (!Object.hasOwn(event, '@context')) {
    report(scope, pointerTo('', '@context'), 'MISSING', 'is missing: a bare event brings its own');
  }
  eventInDocument(event, '', scope);
  return scope.violations;
}

/** An event in a document, where it may add a `@context` of its own, and where other types may stand beside the five. */
export const eventInDocument: Check = (value, pointer, scope) => {
  if (!isJsonObject(value)) {
    report(scope, pointer, 'TYPE', 'must be an object');
    return;
  }
  const check = checkOf(value) ?? (isExtended(value) ? extendedEvent : unknownType);
  check(value, pointer, innerScope(scope, value['@context']));
};

function checkOf({ type }: JsonObject): Check | undefined {
  return typeof type === 'string' ? eventChecks.get(type) : undefined;
}

function isExtended({ type }: JsonObject): boolean {
  return typeof type === 'string' && isUri(type) && !type.startsWith('epcis:');
}

function unknownType(_value: unknown, pointer: string, scope: Scope): void {
  const [last, ...others] = [...eventChecks.keys()].reverse();
  const types = `${others.reverse().join(', ')} or ${last ?? ''}`;
  report(scope, pointerTo(pointer, 'type'), 'VALUE', `must be ${types}`);
}
