export { mandatableActs, type MandatableAct } from './mandatable-acts.js';
export type { MandateRecord } from './mandate-record.js';
