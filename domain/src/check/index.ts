export type { Knowledge, Taken } from './check-statement.js';
export { checkText } from './check-text.js';
export type { CheckedKind, Refusal, Verdict } from './verdict.js';
