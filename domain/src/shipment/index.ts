export type { NamingRecord } from './naming-record.js';
export type { GoodsLine, ShipmentParties, ShipmentRecord } from './shipment-record.js';
export { transportModes, type TransportMode } from './transport-modes.js';
