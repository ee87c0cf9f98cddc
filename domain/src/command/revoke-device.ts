import type { DeviceRecord } from '../device/device-record.js';
import { PassageError } from '../errors/passage-error.js';
import { object } from '../shape/composites.js';
import { reason, requestId, sha256Base64url } from '../shape/fields.js';
import { entry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { partyCommand } from './define.js';

type RevokeDeviceInput = { readonly requestId: string; readonly kid: string; readonly reason: string };

/** The owner revokes a device's key from now on. What it signed and the ledger holds stays. */
export const revokeDevice = partyCommand<RevokeDeviceInput>({
  name: 'RevokeDevice',
  writes: ['device'],
  input: object<RevokeDeviceInput>({ requestId, kid: sha256Base64url, reason }, {}),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid, reason }, { party }, view, { timestamp }) {
    const device = view.get(keys.device(kid));
    if (device === undefined) {
      throw new PassageError('DEVICE_UNKNOWN', `No device has the key ${kid}`, { kid });
    }
    if (device.owner !== party.partyId) {
      throw new PassageError('NOT_OWNER', `The device belongs to ${device.owner}`, {
        kid,
        owner: device.owner,
      });
    }
    if (device.status === 'revoked') {
      throw new PassageError('DEVICE_REVOKED', `The key ${kid} was revoked before`, { kid });
    }
    const revoked: DeviceRecord = { ...device, status: 'revoked', revokedAt: timestamp, reason };
    return { writes: [entry(keys.device(kid), revoked)], result: { kid } };
  },
});
