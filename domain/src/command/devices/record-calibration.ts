import { calibrated, type NewCalibration } from '../../device/calibration.js';
import { object } from '../../shape/composites.js';
import { instant, requestId, sha256Base64url, sha256Hex } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { ownDevice } from './owned-device.js';

type RecordCalibrationInput = NewCalibration & { readonly requestId: string; readonly kid: string };

/**
 * The owner records that a device was calibrated: when, until when that holds, and the SHA-256 of the certificate's file, which
 * may be anchored as a document. It is the owner's word, as at the registration.
 */
export const recordCalibration = partyCommand<RecordCalibrationInput>({
  name: 'RecordCalibration',
  writes: ['device'],
  input: object<RecordCalibrationInput>(
    { requestId, kid: sha256Base64url, calibratedAt: instant, calibratedUntil: instant },
    { certificate: sha256Hex },
  ),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid, calibratedAt, calibratedUntil, certificate }, { party }, view, { timestamp }) {
    const made = { calibratedAt, calibratedUntil, ...(certificate !== undefined && { certificate }) };
    const record = calibrated(ownDevice(kid, party.partyId, view), made, timestamp);
    return { writes: [entry(keys.device(kid), record)], result: { kid, calibratedUntil } };
  },
});
