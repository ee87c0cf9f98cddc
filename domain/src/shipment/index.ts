export type { NamingRecord } from './naming-record.js';
export type { Ending } from './ending.js';
export { mergeGoods } from './merge-goods.js';
export { packagesOf, type GoodsLine, type Packages } from './goods-line.js';
export type { ShipmentParties, ShipmentRecord } from './shipment-record.js';
export { transportModes, type TransportMode } from './transport-modes.js';
