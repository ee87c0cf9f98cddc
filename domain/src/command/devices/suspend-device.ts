import { deviceStep } from '../../customs/device-policy.js';
import { suspended } from '../../device/device-life.js';
import { isCustoms } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { reason, requestId, sha256Base64url } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { deviceOf, requireOwner } from './owned-device.js';

type SuspendDeviceInput = { readonly requestId: string; readonly kid: string; readonly reason: string };

/** The owner, or customs, suspends a key: until it is resumed its statements are refused. */
export const suspendDevice = partyCommand<SuspendDeviceInput>({
  name: 'SuspendDevice',
  writes: ['device', 'guard'],
  input: object<SuspendDeviceInput>({ requestId, kid: sha256Base64url, reason }, {}),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid, reason }, { party, role }, view, { timestamp }) {
    const device = deviceOf(kid, view);
    const byCustoms = isCustoms(role);
    if (!byCustoms) requireOwner(device, party.partyId);
    const by = byCustoms ? 'customs' : 'owner';
    return {
      writes: deviceStep(device, suspended(device, { by, at: timestamp, reason })),
      result: { kid },
    };
  },
});
