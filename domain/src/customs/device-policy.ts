import type { DeviceRecord } from '../device/device-record.js';
import { customsMspId } from '../party/roles.js';
import { entry, type StateEntry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { guard, isCustomsWordOnDevice } from './customs-word.js';
import { customsPolicy, freedPolicy } from './held-keys.js';

/**
 * What a step in a device's life writes: its record, and customs' policy where the step makes it something that customs
 * alone takes back, or the opposite. What is newly customs' own word comes with the guard.
 */
export function deviceStep(before: DeviceRecord, after: DeviceRecord): readonly StateEntry[] {
  const key = keys.device(after.kid);
  const [was, is] = [isKept(before), isKept(after)];
  if (was === is) return [entry(key, after)];
  const policy = is ? customsPolicy(customsMspId) : freedPolicy(customsMspId);
  const written = entry(key, after, { policy });
  return isCustomsWordOnDevice(after) ? [written, guard(customsMspId)] : [written];
}

/** Customs alone lifts its own suspension and one after a proof; nobody takes back a compromise that it confirmed. */
function isKept(device: DeviceRecord): boolean {
  return device.suspension?.by === 'equivocation' || isCustomsWordOnDevice(device);
}
