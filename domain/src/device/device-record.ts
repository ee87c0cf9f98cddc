import { readPublicJwk } from '../jwk/read-public-jwk.js';
import type { PublicJwk } from '../jwk/public-jwk.js';
import { object } from '../shape/composites.js';
import {
  deviceKind,
  instant,
  mspId,
  ordinal,
  partyId,
  reason,
  sha256Base64url,
  sha256Hex,
  timestamp,
} from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { readWith } from '../shape/shape.js';
import { place } from '../shipment/fields.js';
import { chainEnd, chainEndMembers, withLastStatement, type ChainEnd } from './chain-end.js';
import { ledgerPoint, type LedgerPoint } from './ledger-point.js';
import { namedDevices } from './named-devices.js';

export const deviceStatuses = ['active', 'suspended', 'rotated', 'revoked'] as const;

export type DeviceStatus = (typeof deviceStatuses)[number];

/** Who had a key suspended; what customs or a proof of equivocation suspends, customs alone resumes. */
export const suspenders = ['owner', 'customs', 'equivocation'] as const;

export type Suspender = (typeof suspenders)[number];

export type Suspension = { readonly by: Suspender; readonly at: string; readonly reason: string };

/** A new count after a device has lost its memory. Numbers are never used twice, in no epoch. */
export type Epoch = {
  /** Counts from 1; the first epoch, from registration, is not written down. */
  readonly number: number;
  /** The lowest number that the device signs in it. */
  readonly firstSeq: number;
  /** The statement that the first one of the epoch names as its `prev`: the last one that the owner found on the ledger. */
  readonly after: ChainEnd;
  readonly at: string;
};

/** The other key of a rotation, and where the old key's chain ended. */
export type Rotation = ChainEnd & { readonly kid: string; readonly at: string };

/** The owner's word that the key was in other hands since a point in the past, and customs' confirmation of it. */
export type Compromise = {
  readonly since: LedgerPoint;
  readonly claimedAt: string;
  readonly confirmedAt?: string;
  /** Party id of the officer who confirmed it. */
  readonly confirmedBy?: string;
};

/** When a device was calibrated last, by its owner's word; until when that holds stands in the device's record. */
export type Calibration = {
  readonly calibratedAt: string;
  /** SHA-256 of the certificate's file, in hex as documents have it. */
  readonly certificate?: string;
  readonly recordedAt: string;
};

/** A device's key in the registry. Key `device/<kid>`; it stays whatever becomes of the key, so no key comes twice. */
export type DeviceRecord = {
  readonly v: 1;
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  readonly jwk: PublicJwk;
  /** Party id of the owner, who answers for what the device signs. */
  readonly owner: string;
  readonly mspId: string;
  /** One of the kinds that were agreed on when it was registered. */
  readonly kind: string;
  /** UN/LOCODE of a device with a fixed read point; absent for one that moves. */
  readonly place?: string;
  /** The owner's word on how long its calibration holds. What it signs later is recorded all the same. */
  readonly calibratedUntil?: string;
  /** Its newest calibration since it was registered. */
  readonly calibration?: Calibration;
  /** Of an edge signer: the devices that it signs for, as URIs. */
  readonly signsFor?: readonly string[];
  readonly status: DeviceStatus;
  readonly registeredAt: string;
  /** While it is suspended. */
  readonly suspension?: Suspension;
  /** Its newest epoch, once it has lost its memory. */
  readonly epoch?: Epoch;
  /** The key that it was rotated from. */
  readonly predecessor?: Rotation;
  /** The key that it was rotated to. */
  readonly successor?: Rotation;
  readonly revokedAt?: string;
  /** Why it was revoked. */
  readonly reason?: string;
  readonly compromise?: Compromise;
};

export const publicJwk = readWith(readPublicJwk);

const suspension = object<Suspension>({ by: oneOf(suspenders), at: timestamp, reason }, {});

const epoch = object<Epoch>({ number: ordinal, firstSeq: ordinal, after: chainEnd, at: timestamp }, {});

const rotation = withLastStatement(
  object<Rotation>(
    { kid: sha256Base64url, seq: chainEndMembers.seq, at: timestamp },
    { last: chainEndMembers.last },
  ),
);

const compromise = object<Compromise>(
  { since: ledgerPoint, claimedAt: timestamp },
  { confirmedAt: timestamp, confirmedBy: partyId },
);

const calibration = object<Calibration>(
  { calibratedAt: instant, recordedAt: timestamp },
  { certificate: sha256Hex },
);

export const deviceRecord = object<DeviceRecord>(
  {
    v: constant(1),
    kid: sha256Base64url,
    jwk: publicJwk,
    owner: partyId,
    mspId,
    kind: deviceKind,
    status: oneOf(deviceStatuses),
    registeredAt: timestamp,
  },
  {
    place,
    calibratedUntil: instant,
    calibration,
    signsFor: namedDevices,
    suspension,
    epoch,
    predecessor: rotation,
    successor: rotation,
    revokedAt: timestamp,
    reason,
    compromise,
  },
);
