export type { ConsolidationRecord, ConsolidationStatus } from './consolidation-record.js';
export { masterDocuments, type MasterDocument, type MasterRecord } from './master-record.js';
