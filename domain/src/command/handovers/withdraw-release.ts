import { withdrawnPickup } from '../../handover/pickup-record.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { pickupOf, type PickupRef } from './pickup-of.js';

type WithdrawReleaseInput = PickupRef & { readonly requestId: string; readonly reason: string };

/** Whoever released the goods to a carrier takes that back, as long as it was not used. */
export const withdrawRelease = partyCommand<WithdrawReleaseInput>({
  name: 'WithdrawRelease',
  writes: ['pickup'],
  input: object<WithdrawReleaseInput>({ requestId, ucr, release: requestId, reason }, {}),
  reads: ({ ucr, release }) => [keys.pickup(ucr, release)],
  decide({ ucr, release, reason }, { party }, view, { timestamp }) {
    const pickup = withdrawnPickup(pickupOf({ ucr, release }, view), party.partyId, timestamp, reason);
    return { writes: [entry(keys.pickup(ucr, release), pickup)], result: { ucr, release } };
  },
});
