export { decodeRecord, encodeRecord, entry, StateFormatError, type StateEntry } from './codec.js';
export { keys, parseKey, stateKinds, type StateKey, type StateKind, type StateRecords } from './keys.js';
export type { KeyPolicy, KeyPolicyChange, PolicyEntry } from './key-policy.js';
export type { RequestRecord } from './request-record.js';
export { statementIdOf, type StatementRecord } from './statement-record.js';
export { FetchedView, Overlay, ViewSoFar, UndeclaredReadError, type WorldView } from './world-view.js';
