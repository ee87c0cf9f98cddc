export type { CustodyRecord } from './custody-record.js';
export type { GoodsState, Weight } from './goods-state.js';
export { handoverStatuses, type HandoverRecord, type HandoverStatus } from './handover-record.js';
export { pickupStatuses, type PickupRecord, type PickupStatus } from './pickup-record.js';
export { witnessFit, type WitnessFit } from './witness-fit.js';
export type { StatementRef, WitnessRecord } from './witness-record.js';
export { isExpired } from './expiry.js';
