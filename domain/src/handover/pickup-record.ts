import { PassageError } from '../errors/passage-error.js';
import { object } from '../shape/composites.js';
import { instant, ordinal, partyId, reason, requestId, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { place, ucr } from '../shipment/fields.js';
import { isExpired } from './expiry.js';

export const pickupStatuses = ['open', 'used', 'withdrawn'] as const;

export type PickupStatus = (typeof pickupStatuses)[number];

/** That the custodian releases the goods to one carrier, for one lorry, once. Key `pickup/<ucr>/<release>`. */
export type PickupRecord = {
  readonly v: 1;
  readonly ucr: string;
  /** The request id of the release: what the handover at the gate names. */
  readonly release: string;
  /** The custodian who released them. */
  readonly from: string;
  /** The one party that may take them over by it. */
  readonly carrier: string;
  /** Commitment to the plate of the lorry that comes for them. */
  readonly plateCommitment: string;
  readonly place: string;
  readonly status: PickupStatus;
  readonly releasedAt: string;
  readonly expiresAt: string;
  /** The handover that used it up. */
  readonly handover?: number;
  readonly closedAt?: string;
  /** Why it was withdrawn. */
  readonly reason?: string;
};

/** A commitment (see `commit`): 43 base64url digits. */
export const commitment = sha256Base64url;

export const pickupRecord = object<PickupRecord>(
  {
    v: constant(1),
    ucr,
    release: requestId,
    from: partyId,
    carrier: partyId,
    plateCommitment: commitment,
    place,
    status: oneOf(pickupStatuses),
    releasedAt: timestamp,
    expiresAt: instant,
  },
  { handover: ordinal, closedAt: timestamp, reason },
);

/**
 * That a release is good for a handover: open, in time, by the custodian who offers, for the party that takes over.
 *
 * @throws PassageError RELEASE_CLOSED, RELEASE_MISMATCH
 */
export function checkPickup(
  pickup: PickupRecord,
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: string },
): void {
  const { ucr, release, carrier } = pickup;
  requireOpen(pickup, at);
  if (from === pickup.from && to === carrier) return;
  const message = `The release ${release} of ${ucr} is by ${pickup.from} for ${carrier}`;
  throw new PassageError('RELEASE_MISMATCH', message, { ucr, release, from: pickup.from, carrier });
}

/** The release after the handover that it was for: it cannot be used again. @throws as `checkPickup` */
export function usedPickup(
  pickup: PickupRecord,
  handover: { readonly from: string; readonly to: string; readonly handover: number; readonly at: string },
): PickupRecord {
  checkPickup(pickup, handover);
  return { ...pickup, status: 'used', handover: handover.handover, closedAt: handover.at };
}

/** The release after its maker has taken it back. @throws PassageError NOT_OFFERER, RELEASE_CLOSED */
export function withdrawnPickup(pickup: PickupRecord, by: string, at: string, reason: string): PickupRecord {
  const { ucr, release, from } = pickup;
  if (by !== from) {
    const details = { ucr, release, from };
    throw new PassageError('NOT_OFFERER', `${from} made the release ${release} of ${ucr}`, details);
  }
  if (pickup.status !== 'open') requireOpen(pickup, at);
  return { ...pickup, status: 'withdrawn', closedAt: at, reason };
}

function requireOpen({ ucr, release, status, expiresAt }: PickupRecord, at: string): void {
  if (status === 'open' && !isExpired(expiresAt, at)) return;
  const now = status === 'open' ? 'expired' : status;
  const details = { ucr, release, status: now, expiresAt };
  throw new PassageError('RELEASE_CLOSED', `The release ${release} of ${ucr} is ${now}`, details);
}
