export { recordsDigest, shipmentRecords } from './records.js';
export type { LookUp, ShipmentRecords } from './records.js';
export type { StateRecord } from './state-record.js';
export { standingKey } from './standings.js';
export type { SignedEvent, StandingsOf } from './standings.js';
export {
  SHIPMENT_STATEMENT_FORMAT,
  STATEMENT_QUORUM,
  checkShipmentStatement,
  shipmentStatementBytes,
} from './shipment-statement.js';
export type {
  ShipmentStatement,
  SignedShipmentStatement,
  StatementSignatures,
} from './shipment-statement.js';
