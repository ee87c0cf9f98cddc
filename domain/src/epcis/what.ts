import { pointerTo } from '../json/pointer.js';
import type { JsonObject } from '../json/value.js';
import { hasEntries, report, rule } from './check.js';

/**
 * What an event has to be about: the rules of EPCIS 2.0 sections 7.4.2 to 7.4.6 that look at several fields together.
 * What is missing is reported at the event itself, because any of several fields would do.
 */
function needs(what: string, holds: (event: JsonObject) => boolean): ReturnType<typeof rule> {
  return rule((event, pointer, scope) => {
    if (!holds(event)) report(scope, pointer, 'MISSING', `needs ${what}`);
  });
}

function hasAny(event: JsonObject, ...names: readonly string[]): boolean {
  return names.some((name) => hasEntries(event, name));
}

/** An ObjectEvent: things, or a reading of the surroundings and where it was taken. */
export const objects = needs(
  'epcList or quantityList, or sensorElementList with readPoint',
  (event) =>
    hasAny(event, 'epcList', 'quantityList') || (hasAny(event, 'sensorElementList') && 'readPoint' in event),
);

/** A TransactionEvent that deletes may leave its things out: then all of them are meant. */
export const objectsUnlessDeleted = needs(
  'epcList or quantityList',
  (event) => event['action'] === 'DELETE' || hasAny(event, 'epcList', 'quantityList'),
);

/** The same for the children of an aggregation or association. */
export const childrenUnlessDeleted = needs(
  'childEPCs or childQuantityList',
  (event) => event['action'] === 'DELETE' || hasAny(event, 'childEPCs', 'childQuantityList'),
);

/** The parent of an aggregation may only be left out where somebody merely saw the children together. */
export const parent = rule((event, pointer, scope) => {
  const changes = event['action'] === 'ADD' || event['action'] === 'DELETE';
  if (changes && !Object.hasOwn(event, 'parentID')) {
    report(scope, pointerTo(pointer, 'parentID'), 'MISSING', 'is missing');
  }
});

/** ILMD describes things that come into being. */
export const ilmdWithAdd = rule((event, pointer, scope) => {
  if (Object.hasOwn(event, 'ilmd') && event['action'] !== 'ADD') {
    report(scope, pointerTo(pointer, 'ilmd'), 'UNKNOWN_FIELD', 'is taken with action ADD alone');
  }
});

/** A transformation has both sides, or an id that joins it to the event with the other side. */
export const inputAndOutput = needs(
  'inputEPCList or inputQuantityList, and outputEPCList or outputQuantityList (one side with transformationID)',
  (event) => {
    const input = hasAny(event, 'inputEPCList', 'inputQuantityList');
    const output = hasAny(event, 'outputEPCList', 'outputQuantityList');
    return (input && output) || ((input || output) && Object.hasOwn(event, 'transformationID'));
  },
);
