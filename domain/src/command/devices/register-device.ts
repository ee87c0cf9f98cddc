import { deviceKinds, type DeviceKind } from '../../device/device-kinds.js';
import type { DeviceRecord } from '../../device/device-record.js';
import { object } from '../../shape/composites.js';
import { instant, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { place } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { DeviceProof } from '../../statement/device-proof.js';
import { partyCommand } from '../define.js';
import { checkNewKey, deviceProof } from './device-proof-input.js';

type RegisterDeviceInput = {
  readonly requestId: string;
  readonly kind: DeviceKind;
  readonly place?: string;
  readonly calibratedUntil?: string;
  readonly proof: DeviceProof;
};

/** A party registers the key of a device of its own; the new key itself has signed whose and what it is. */
export const registerDevice = partyCommand<RegisterDeviceInput>({
  name: 'RegisterDevice',
  writes: ['device'],
  input: object<RegisterDeviceInput>(
    { requestId, kind: oneOf(deviceKinds), proof: deviceProof },
    { place, calibratedUntil: instant },
  ),
  reads: ({ proof }) => [keys.device(proof.kid)],
  decide({ kind, place, calibratedUntil, proof }, { party }, view, { timestamp }) {
    const { kid, jwk } = proof;
    const fixed = place !== undefined && { place };
    checkNewKey(proof, { owner: party.partyId, kind, ...fixed }, view);
    const device: DeviceRecord = {
      v: 1,
      kid,
      jwk,
      owner: party.partyId,
      mspId: party.mspId,
      kind,
      ...fixed,
      ...(calibratedUntil !== undefined && { calibratedUntil }),
      status: 'active',
      registeredAt: timestamp,
    };
    return { writes: [entry(keys.device(kid), device)], result: { kid } };
  },
});
