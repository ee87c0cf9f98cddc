export { recordsNaming } from './consignments-named.js';
export type { NamedIn } from './consignments-named.js';
export { eventLeaf, eventsOf } from './ledger-event.js';
export type { LedgerEvent } from './ledger-event.js';
export { ledgerTransaction } from './ledger-transaction.js';
export type { LedgerTransaction } from './ledger-transaction.js';
