export type { EquivocationRecord } from './equivocation-record.js';
export { readEquivocation, verifyEquivocation } from './read-equivocation.js';
