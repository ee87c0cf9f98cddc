import { requireActive } from '../../device/device-life.js';
import { namedDevices } from '../../device/named-devices.js';
import { requireEdgeSigner } from '../../device/signs-for.js';
import { object } from '../../shape/composites.js';
import { requestId, sha256Base64url } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { ownDevice } from './owned-device.js';

type NameDevicesInput = {
  readonly requestId: string;
  readonly kid: string;
  readonly signsFor: readonly string[];
};

/**
 * The owner of an edge signer names the devices that it signs for, all of them anew. What it signed for a device that is not
 * named any more stays as it was recorded.
 */
export const nameDevices = partyCommand<NameDevicesInput>({
  name: 'NameDevices',
  writes: ['device'],
  input: object<NameDevicesInput>({ requestId, kid: sha256Base64url, signsFor: namedDevices }, {}),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid, signsFor }, { party }, view) {
    const device = ownDevice(kid, party.partyId, view);
    if (device.status !== 'suspended') requireActive(device);
    requireEdgeSigner(device.kind, signsFor);
    return { writes: [entry(keys.device(kid), { ...device, signsFor })], result: { kid } };
  },
});
