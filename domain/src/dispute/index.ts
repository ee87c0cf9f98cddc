export type { DisputedEvent, DisputeRecord, RulingRecord } from './dispute-record.js';
export { disputeStatus, speaksAgainst, type DisputeStatus } from './dispute.js';
