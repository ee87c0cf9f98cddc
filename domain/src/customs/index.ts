export {
  customsStatus,
  customsStatuses,
  decisionKinds,
  type CustomsRecord,
  type CustomsStatus,
  type DecisionKind,
  type Finding,
  type HoldInForce,
} from './customs-record.js';
export { isCustomsKey, isCustomsWordOnDevice, isForged, isKeptByCustoms } from './customs-word.js';
export type { Decision, PaperDecision } from './decision.js';
export { customsPolicy, freedPolicy, heldKeys } from './held-keys.js';
export { carriersIn } from './held-units.js';
export { holdKinds, type HoldKind, type HoldRecord } from './hold-record.js';
export { requireStranger } from './own-consignment.js';
export { refuseMoveWhileHeld, refuseWhileHeld } from './refuse-while-held.js';
export { regimeTransitions } from './regime.js';
export type { Regime } from './regime-record.js';
export { customsResponses, type CustomsResponse } from './responses.js';
