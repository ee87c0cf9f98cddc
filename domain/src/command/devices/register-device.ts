import type { DeviceRecord } from '../../device/device-record.js';
import { namedDevices } from '../../device/named-devices.js';
import { requireEdgeSigner } from '../../device/signs-for.js';
import { refuseViolations } from '../../errors/violations.js';
import type { Parameters } from '../../parameters/parameter-table.js';
import { object } from '../../shape/composites.js';
import { deviceKind, instant, requestId } from '../../shape/fields.js';
import { place } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { DeviceProof } from '../../statement/device-proof.js';
import { partyCommand } from '../define.js';
import { parametersOf } from '../../parameters/in-force.js';
import { checkNewKey, deviceProof } from './device-proof-input.js';

type RegisterDeviceInput = {
  readonly requestId: string;
  readonly kind: string;
  readonly place?: string;
  readonly calibratedUntil?: string;
  readonly signsFor?: readonly string[];
  readonly proof: DeviceProof;
};

/** A party registers the key of a device of its own; the new key itself has signed whose and what it is. */
export const registerDevice = partyCommand<RegisterDeviceInput>({
  name: 'RegisterDevice',
  writes: ['device'],
  input: object<RegisterDeviceInput>(
    { requestId, kind: deviceKind, proof: deviceProof },
    { place, calibratedUntil: instant, signsFor: namedDevices },
  ),
  reads: ({ proof }) => [keys.device(proof.kid)],
  decide({ kind, place, calibratedUntil, signsFor, proof }, { party }, view, { timestamp }) {
    requireAgreedKind(kind, parametersOf(view));
    requireEdgeSigner(kind, signsFor);
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
      ...(signsFor !== undefined && { signsFor }),
      status: 'active',
      registeredAt: timestamp,
    };
    return { writes: [entry(keys.device(kid), device)], result: { kid } };
  },
});

/** @throws PassageError INVALID_FIELD */
function requireAgreedKind(kind: string, { deviceKinds }: Pick<Parameters, 'deviceKinds'>): void {
  if (deviceKinds.includes(kind)) return;
  const message = `must be one of: ${deviceKinds.join(', ')}`;
  refuseViolations('The device', [{ pointer: '/kind', code: 'VALUE', message }]);
}
