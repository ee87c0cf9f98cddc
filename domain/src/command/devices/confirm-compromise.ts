import { deviceStep } from '../../customs/device-policy.js';
import { compromiseConfirmed } from '../../device/device-life.js';
import { ledgerPoint, type LedgerPoint } from '../../device/ledger-point.js';
import { object } from '../../shape/composites.js';
import { requestId, sha256Base64url } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { deviceOf } from './owned-device.js';

type ConfirmCompromiseInput = {
  readonly requestId: string;
  readonly kid: string;
  readonly compromisedSince: LedgerPoint;
};

/** A customs officer confirms the owner's claim that a revoked key was in other hands since a point in the past. */
export const confirmCompromise = partyCommand<ConfirmCompromiseInput>({
  name: 'ConfirmCompromise',
  roles: ['customs_officer'],
  writes: ['device', 'guard'],
  input: object<ConfirmCompromiseInput>(
    { requestId, kid: sha256Base64url, compromisedSince: ledgerPoint },
    {},
  ),
  reads: ({ kid }) => [keys.device(kid)],
  decide({ kid, compromisedSince: since }, { party }, view, { timestamp: at }) {
    const device = deviceOf(kid, view);
    const record = compromiseConfirmed(device, { since, by: party.partyId, at });
    return { writes: deviceStep(device, record), result: { kid } };
  },
});
