export type { ChainEnd } from './chain-end.js';
export { deviceKinds, type DeviceKind } from './device-kinds.js';
export {
  deviceStatuses,
  type Compromise,
  type DeviceRecord,
  type DeviceStatus,
  type Epoch,
  type Rotation,
  type Suspension,
} from './device-record.js';
export { checkMaySign } from './may-sign.js';
export type { LedgerPoint } from './ledger-point.js';
