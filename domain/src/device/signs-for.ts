import { PSG_SIGNED_FOR } from '../epcis/psg.js';
import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import type { JsonObject } from '../json/value.js';
import type { DeviceRecord } from './device-record.js';

/** The kind of device that speaks for others, such as seals by ISO 18185, which sign nothing. */
const EDGE_SIGNER = 'edge_signer';

/** @throws PassageError INVALID_FIELD where a device of another kind is to sign for others */
export function requireEdgeSigner(kind: string, signsFor: readonly string[] | undefined): void {
  if (signsFor === undefined || kind === EDGE_SIGNER) return;
  const message = `only a device of kind ${EDGE_SIGNER} signs for others`;
  refuseViolations('The device', [{ pointer: '/signsFor', code: 'VALUE', message }]);
}

/** The device for which the signer of an event signed it; undefined where the signer speaks for itself. */
export function signedFor(event: JsonObject): string | undefined {
  const device = event[PSG_SIGNED_FOR];
  return typeof device === 'string' ? device : undefined;
}

/**
 * Whether a key may sign what it says for another device: its owner has to have named that device.
 *
 * @throws PassageError DEVICE_NOT_NAMED
 */
export function checkSignsFor({ kid, signsFor = [] }: DeviceRecord, event: JsonObject): void {
  const device = signedFor(event);
  if (device === undefined || signsFor.includes(device)) return;
  throw new PassageError('DEVICE_NOT_NAMED', `The key ${kid} was not named for ${device}`, {
    kid,
    device,
    pointer: `/${PSG_SIGNED_FOR}`,
  });
}
