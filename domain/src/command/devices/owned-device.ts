import type { DeviceRecord } from '../../device/device-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';

/** The device with this key. @throws PassageError DEVICE_UNKNOWN */
export function deviceOf(kid: string, view: WorldView): DeviceRecord {
  const device = view.get(keys.device(kid));
  if (device !== undefined) return device;
  throw new PassageError('DEVICE_UNKNOWN', `No device has the key ${kid}`, { kid });
}

/** @throws PassageError NOT_OWNER */
export function requireOwner({ kid, owner }: DeviceRecord, partyId: string): void {
  if (owner === partyId) return;
  throw new PassageError('NOT_OWNER', `The device belongs to ${owner}`, { kid, owner });
}

/** The device with this key, which belongs to the party. @throws PassageError DEVICE_UNKNOWN, NOT_OWNER */
export function ownDevice(kid: string, partyId: string, view: WorldView): DeviceRecord {
  const device = deviceOf(kid, view);
  requireOwner(device, partyId);
  return device;
}
