export { ownerOfId } from '../shape/owned-id.js';
export { documentStanding, type DocumentStanding } from './check-document.js';
export type { AnchorRecord, DocumentRecord } from './document-record.js';
