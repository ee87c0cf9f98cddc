export type { ContainmentRecord, GoodsInside } from './containment-record.js';
