export { describeEvent, type EventDescription } from './describe-event.js';
export { documentViolations, eventsOf, isDocument, type PlacedEvent } from './document.js';
export { classifyEvent, eventClasses, type EventClass, type EventClassRow } from './event-classes.js';
export { bareEventViolations, eventViolations } from './event-violations.js';
export { checkObservation } from './observation.js';
export {
  psgContext,
  PSG_IMAGE,
  PSG_LICENCE_PLATE_COMMITMENT,
  PSG_NAMESPACE,
  PSG_PREFIX,
  PSG_UCR,
  PSG_UFF,
} from './psg.js';
export { isQuery, queryViolations } from './query.js';
export { bizSteps, dispositions } from './vocabulary.js';
