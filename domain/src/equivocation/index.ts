export type { EquivocationRecord } from './equivocation-record.js';
