import type { JsonObject } from '../json/value.js';

/** A fact that a device saw, which is refused for its form alone; or an act, which needs permission. */
export type EventClass = 'observation' | 'act';

/** One row of the table: an event type with an action (none for a transformation), whatever its `bizStep`. */
export interface EventClassRow {
  readonly type: string;
  readonly action: 'OBSERVE' | 'ADD' | 'DELETE' | undefined;
  readonly class: EventClass;
}

function rows(type: string, observe: EventClass): readonly EventClassRow[] {
  return [
    { type, action: 'OBSERVE', class: observe },
    { type, action: 'ADD', class: 'act' },
    { type, action: 'DELETE', class: 'act' },
  ];
}

/**
 * Which events are observations, and which acts. `bizStep` decides nothing: it is the sender's word for what was done, and
 * a device that could choose the class by it could claim an act as a fact. docs/acts.md shows the table.
 */
export const eventClasses: readonly EventClassRow[] = [
  ...rows('ObjectEvent', 'observation'),
  ...rows('AggregationEvent', 'observation'),
  ...rows('AssociationEvent', 'observation'),
  ...rows('TransactionEvent', 'act'),
  { type: 'TransformationEvent', action: undefined, class: 'act' },
];

/**
 * The class of an event by the table. An event whose action is wrong or missing has the class of OBSERVE, and fails in its
 * form; undefined where the type is none of EPCIS's five.
 */
export function classifyEvent(event: JsonObject): EventClass | undefined {
  const ofType = eventClasses.filter(({ type }) => type === event['type']);
  return (ofType.find(({ action }) => action === event['action']) ?? ofType[0])?.class;
}
