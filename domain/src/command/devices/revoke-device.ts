import { deviceStep } from '../../customs/device-policy.js';
import { revoked } from '../../device/device-life.js';
import { ledgerPoint, type LedgerPoint } from '../../device/ledger-point.js';
import { refuseViolations } from '../../errors/violations.js';
import { object } from '../../shape/composites.js';
import { reason, requestId, sha256Base64url } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { ownDevice } from './owned-device.js';

type RevokeDeviceInput = {
  readonly requestId: string;
  readonly kid: string;
  readonly reason: string;
  readonly compromisedSince?: LedgerPoint;
};

/**
 * The owner revokes a device's key from now on. What it signed and the ledger holds stays. That it was in other hands before
 * is a claim until customs confirms it, or an owner could disown an unwelcome scan.
 */
export const revokeDevice = partyCommand<RevokeDeviceInput>({
  name: 'RevokeDevice',
  writes: ['device'],
  input: object<RevokeDeviceInput>(
    { requestId, kid: sha256Base64url, reason },
    { compromisedSince: ledgerPoint },
  ),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid, reason, compromisedSince: since }, { party }, view, { timestamp: at }) {
    const device = ownDevice(kid, party.partyId, view);
    if (since !== undefined && 'time' in since && since.time > at) {
      refuseViolations('The claim', [inTheFuture]);
    }
    const record = revoked(device, { at, reason, ...(since !== undefined && { since }) });
    return { writes: deviceStep(device, record), result: { kid } };
  },
});

const inTheFuture = {
  pointer: '/compromisedSince/time',
  code: 'VALUE',
  message: 'must not be later than the transaction',
};
