export type { ContainmentRecord, GoodsInside } from './containment-record.js';
export { contentsOf, type Contents } from './contents.js';
