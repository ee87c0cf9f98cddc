export type { CustodyRecord } from './custody-record.js';
export { handoverStatuses, type HandoverRecord, type HandoverStatus } from './handover-record.js';
