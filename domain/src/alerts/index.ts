export { alertKinds, type Alert, type AlertKind, type PathStep } from './alert.js';
export { findAlerts, type Facts } from './find-alerts.js';
export type { PackingFacts } from './packing.js';
export { judgeStatements, type JudgedStatement } from './taint.js';
export { tolerancesAlong, type TolerancesAt } from './tolerances.js';
