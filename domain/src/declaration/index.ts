export { declarationStatus, declarationStatuses, type DeclarationStatus } from './declaration.js';
export { procedures, type AcceptanceRecord, type DeclarationRecord } from './declaration-record.js';
