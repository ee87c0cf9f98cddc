export {
  sealContinuity,
  type SealContinuity,
  type SealedInterval,
  type SealedJourney,
  type SealEvent,
  type SealFault,
} from './continuity.js';
export {
  sealFindings,
  sealStatuses,
  type SealCheckRecord,
  type SealFinding,
  type SealRecord,
  type SealStatus,
} from './seal-record.js';
export { sealEvents, type SealVersion } from './seal-events.js';
