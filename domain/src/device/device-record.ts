import { readPublicJwk } from '../jwk/read-public-jwk.js';
import type { PublicJwk } from '../jwk/public-jwk.js';
import { object } from '../shape/composites.js';
import { mspId, partyId, reason, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { readWith } from '../shape/shape.js';
import { place } from '../shipment/fields.js';
import { deviceKinds, type DeviceKind } from './device-kinds.js';

export const deviceStatuses = ['active', 'revoked'] as const;

export type DeviceStatus = (typeof deviceStatuses)[number];

/** A device's key in the registry. Key `device/<kid>`; it stays when the key is revoked, so no key comes twice. */
export type DeviceRecord = {
  readonly v: 1;
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  readonly jwk: PublicJwk;
  /** Party id of the owner, who answers for what the device signs. */
  readonly owner: string;
  readonly mspId: string;
  readonly kind: DeviceKind;
  /** UN/LOCODE of a device with a fixed read point; absent for one that moves. */
  readonly place?: string;
  readonly status: DeviceStatus;
  readonly registeredAt: string;
  readonly revokedAt?: string;
  /** Why it was revoked. */
  readonly reason?: string;
};

export const publicJwk = readWith(readPublicJwk);

export const deviceRecord = object<DeviceRecord>(
  {
    v: constant(1),
    kid: sha256Base64url,
    jwk: publicJwk,
    owner: partyId,
    mspId,
    kind: oneOf(deviceKinds),
    status: oneOf(deviceStatuses),
    registeredAt: timestamp,
  },
  { place, revokedAt: timestamp, reason },
);
