export { describeEvent, type EventDescription } from './describe-event.js';
export { checkObservation, classifyEvent, type EventClass } from './observation.js';
export { psgContext, PSG_LICENCE_PLATE_COMMITMENT, PSG_NAMESPACE, PSG_PREFIX, PSG_UCR } from './psg.js';
export { bizSteps, dispositions } from './vocabulary.js';
