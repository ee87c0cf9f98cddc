export type { ChainEnd } from './chain-end.js';
export {
  calibrationPeriods,
  calibrationStanding,
  type CalibrationPeriod,
  type CalibrationStanding,
} from './calibration.js';
export { deviceKinds, type DeviceKind } from './device-kinds.js';
export {
  deviceStatuses,
  type Calibration,
  type Compromise,
  type DeviceRecord,
  type DeviceStatus,
  type Epoch,
  type Rotation,
  type Suspension,
} from './device-record.js';
export { checkMaySign } from './may-sign.js';
export type { LedgerPoint } from './ledger-point.js';
export { checkSignsFor, signedFor } from './signs-for.js';
