import type { Operation } from '../operation.js';
import { confirmCompromise } from './confirm-compromise.js';
import { nameDevices } from './name-devices.js';
import { recordCalibration } from './record-calibration.js';
import { registerDevice } from './register-device.js';
import { resumeDevice } from './resume-device.js';
import { revokeDevice } from './revoke-device.js';
import { rotateDevice } from './rotate-device.js';
import { startEpoch } from './start-epoch.js';
import { suspendDevice } from './suspend-device.js';

/** The life of a device and its keys. */
export const deviceCommands: readonly Operation[] = [
  registerDevice,
  suspendDevice,
  resumeDevice,
  rotateDevice,
  startEpoch,
  revokeDevice,
  confirmCompromise,
  recordCalibration,
  nameDevices,
];
