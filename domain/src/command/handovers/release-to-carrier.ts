import { refuseUnderControl } from '../../customs/regime.js';
import { customsOf, customsReads, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import { defaultExpiry, expiryViolations } from '../../handover/expiry.js';
import { requireCustodian } from '../../handover/handover.js';
import { commitment } from '../../handover/pickup-record.js';
import { object } from '../../shape/composites.js';
import { instant, partyId, requestId } from '../../shape/fields.js';
import { requireStanding } from '../../shipment/ending.js';
import { place, ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { custodyOf, requireRegistered } from '../shipments/custody-of.js';
import { partyCommand } from '../define.js';
import { parametersOf } from '../../parameters/in-force.js';

type ReleaseToCarrierInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly carrier: string;
  readonly plateCommitment: string;
  readonly place: string;
  readonly expiresAt?: string;
};

/**
 * The custodian releases the goods to one carrier and one lorry. The handover at the gate names the release, and uses it up: a
 * number that was overheard is worth nothing to another carrier, nor a second time.
 */
export const releaseToCarrier = partyCommand<ReleaseToCarrierInput>({
  name: 'ReleaseToCarrier',
  writes: ['pickup'],
  input: object<ReleaseToCarrierInput>(
    { requestId, ucr, carrier: partyId, plateCommitment: commitment, place },
    { expiresAt: instant },
  ),
  reads: ({ ucr, carrier, requestId }) => [
    keys.custody(ucr),
    keys.party(carrier),
    keys.pickup(ucr, requestId),
    ...customsReads(ucr),
  ],
  decide(input, { party }, view, { timestamp }) {
    const { ucr, carrier, plateCommitment, place, requestId: release } = input;
    const custody = custodyOf(ucr, view);
    requireStanding(custody);
    requireCustodian(custody, party.partyId);
    refuseWhileHeld(view, ucr);
    refuseUnderControl(customsOf(ucr, view));
    const parameters = parametersOf(view);
    const expiresAt = input.expiresAt ?? defaultExpiry(timestamp, parameters);
    refuseViolations('The release', [
      ...(carrier === party.partyId ? [toOneself] : []),
      ...expiryViolations(expiresAt, timestamp, parameters),
    ]);
    requireRegistered(carrier, '/carrier', view);
    if (view.get(keys.party(carrier))?.roles.includes('carrier') !== true) {
      const details = { partyId: carrier, role: 'carrier' };
      throw new PassageError('ROLE_NOT_HELD', `${carrier} does not hold the role carrier`, details);
    }
    if (view.get(keys.pickup(ucr, release)) !== undefined) {
      throw new PassageError('RELEASE_EXISTS', `${ucr} has a release ${release} already`, { ucr, release });
    }
    const pickup = {
      v: 1,
      ucr,
      release,
      from: party.partyId,
      carrier,
      plateCommitment,
      place,
      status: 'open',
      releasedAt: timestamp,
      expiresAt,
    } as const;
    return { writes: [entry(keys.pickup(ucr, release), pickup)], result: { ucr, release } };
  },
});

const toOneself = { pointer: '/carrier', code: 'VALUE', message: 'must be another party than the custodian' };
