import { deviceStep } from '../../customs/device-policy.js';
import { resumed } from '../../device/device-life.js';
import { isCustoms } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { requestId, sha256Base64url } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { deviceOf, requireOwner } from './owned-device.js';

type ResumeDeviceInput = { readonly requestId: string; readonly kid: string };

/** The owner lifts its own suspension of a key; customs lifts any. */
export const resumeDevice = partyCommand<ResumeDeviceInput>({
  name: 'ResumeDevice',
  writes: ['device'],
  input: object<ResumeDeviceInput>({ requestId, kid: sha256Base64url }, {}),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid }, { party, role }, view) {
    const device = deviceOf(kid, view);
    const byCustoms = isCustoms(role);
    if (!byCustoms) requireOwner(device, party.partyId);
    return { writes: deviceStep(device, resumed(device, byCustoms)), result: { kid } };
  },
});
