export { aeoStatuses, type AeoRecord, type AeoStatus } from './aeo-record.js';
export type { LedgerRecord } from './ledger-record.js';
export type { PartyIdentifiers, PartyRecord } from './party-record.js';
export {
  customsMspId,
  customsRoles,
  isCustoms,
  defaultRoles,
  isRole,
  mayHold,
  roles,
  type Role,
  type RoleTable,
} from './roles.js';
