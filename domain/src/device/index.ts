export { deviceKinds, type DeviceKind } from './device-kinds.js';
export { deviceStatuses, type DeviceRecord, type DeviceStatus } from './device-record.js';
