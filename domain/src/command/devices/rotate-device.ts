import type { DeviceRecord } from '../../device/device-record.js';
import { requireActive } from '../../device/device-life.js';
import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { DeviceProof } from '../../statement/device-proof.js';
import {
  readDeviceRotation,
  verifyDeviceRotation,
  type UnverifiedRotation,
} from '../../statement/device-rotation.js';
import { partyCommand } from '../define.js';
import { checkNewKey, deviceProof, signedInput } from './device-proof-input.js';
import { ownDevice } from './owned-device.js';
import { ledgerOf } from '../registry.js';

type RotateDeviceInput = {
  readonly requestId: string;
  readonly proof: DeviceProof;
  readonly rotation: UnverifiedRotation;
};

/**
 * The owner gives a device a new key. The old one signs which, and where its own chain of statements ends; both records keep
 * that, so the chain goes on across the keys although the new one counts from 1.
 */
export const rotateDevice = partyCommand<RotateDeviceInput>({
  name: 'RotateDevice',
  writes: ['device'],
  input: object<RotateDeviceInput>(
    { requestId, proof: deviceProof, rotation: signedInput(readDeviceRotation, 'the old key') },
    {},
  ),
  reads: ({ proof, rotation }) => [keys.device(rotation.kid), keys.device(proof.kid)],
  decide({ proof, rotation }, { party }, view, { timestamp: at }) {
    const { aud, claim } = rotation;
    const { successor, ...end } = claim;
    if (aud !== ledgerOf(view).ledger) {
      throw new PassageError('WRONG_LEDGER', 'The rotation was signed for another ledger', { aud });
    }
    const old = ownDevice(rotation.kid, party.partyId, view);
    verifyDeviceRotation(rotation, old.jwk);
    requireActive(old);
    refuseViolations('The rotation', successor === proof.kid ? [] : [otherKey]);
    const { owner, kind, place } = old;
    checkNewKey(proof, { owner, kind, ...(place !== undefined && { place }) }, view);
    const { kid, jwk } = proof;
    const { calibratedUntil, calibration, signsFor } = old;
    const fresh: DeviceRecord = {
      v: 1,
      kid,
      jwk,
      owner,
      mspId: old.mspId,
      kind,
      ...(place !== undefined && { place }),
      ...(calibratedUntil !== undefined && { calibratedUntil }),
      ...(calibration !== undefined && { calibration }),
      ...(signsFor !== undefined && { signsFor }),
      status: 'active',
      registeredAt: at,
      predecessor: { kid: old.kid, ...end, at },
    };
    const rotated: DeviceRecord = { ...old, status: 'rotated', successor: { kid, ...end, at } };
    return {
      writes: [entry(keys.device(old.kid), rotated), entry(keys.device(kid), fresh)],
      result: { kid, predecessor: old.kid },
    };
  },
});

const otherKey = {
  pointer: '/rotation/successor',
  code: 'VALUE',
  message: 'must be the key that made the proof',
};
