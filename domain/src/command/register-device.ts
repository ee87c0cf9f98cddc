import { deviceKinds, type DeviceKind } from '../device/device-kinds.js';
import type { DeviceRecord } from '../device/device-record.js';
import { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import { object } from '../shape/composites.js';
import { requestId } from '../shape/fields.js';
import { oneOf } from '../shape/scalars.js';
import { broken, readWith, type Shape } from '../shape/shape.js';
import { place } from '../shipment/fields.js';
import { entry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { verifyDeviceProof, type DeviceClaim, type DeviceProof } from '../statement/device-proof.js';
import { partyCommand } from './define.js';
import { ledgerOf } from './registry.js';

type RegisterDeviceInput = {
  readonly requestId: string;
  readonly kind: DeviceKind;
  readonly place?: string;
  readonly proof: DeviceProof;
};

const proof: Shape<DeviceProof> = (value, pointer, violations) =>
  typeof value === 'string'
    ? readWith(() => verifyDeviceProof(value))(value, pointer, violations)
    : broken(violations, pointer, 'must be a compact JWS made by the new key');

/** A party registers the key of a device of its own; the new key itself has signed whose and what it is. */
export const registerDevice = partyCommand<RegisterDeviceInput>({
  name: 'RegisterDevice',
  writes: ['device'],
  input: object<RegisterDeviceInput>({ requestId, kind: oneOf(deviceKinds), proof }, { place }),
  reads: ({ proof }) => [keys.device(proof.kid)],
  decide({ kind, place, proof }, { party }, view, { timestamp }) {
    const { kid, jwk, aud, claim } = proof;
    if (aud !== ledgerOf(view).ledger) {
      throw new PassageError('WRONG_LEDGER', 'The proof was signed for another ledger', { aud });
    }
    compareClaim(claim, { owner: party.partyId, kind, ...(place !== undefined && { place }) });
    if (view.get(keys.device(kid)) !== undefined) {
      throw new PassageError('DEVICE_EXISTS', `The key ${kid} is registered already`, { kid });
    }
    const device: DeviceRecord = {
      v: 1,
      kid,
      jwk,
      owner: party.partyId,
      mspId: party.mspId,
      kind,
      ...(place !== undefined && { place }),
      status: 'active',
      registeredAt: timestamp,
    };
    return { writes: [entry(keys.device(kid), device)], result: { kid } };
  },
});

/** The key must have signed exactly what is registered, or a proof could be carried to another owner, kind or place. */
function compareClaim(signed: DeviceClaim, registered: DeviceClaim): void {
  const violations: Violation[] = [];
  for (const member of ['owner', 'kind', 'place'] as const) {
    if (signed[member] !== registered[member]) {
      broken(
        violations,
        `/proof/${member}`,
        `is not what is to be registered: ${registered[member] ?? 'none'}`,
      );
    }
  }
  refuseViolations('The proof', violations);
}
