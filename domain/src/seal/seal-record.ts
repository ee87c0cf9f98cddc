import { transportUnit } from '../containment/containment-record.js';
import { sealNumber } from '../handover/goods-state.js';
import { object } from '../shape/composites.js';
import { partyId, reason, requestId, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant, flag, oneOf } from '../shape/scalars.js';

/** A seal proper, or a tracker that is fitted the same way. */
export const fittingKinds = ['seal', 'tracker'] as const;

/** Who put a seal on: carrier, shipper, phytosanitary, veterinary, customs (DCSA seal sources). */
export const sealSources = ['CAR', 'SHI', 'PHY', 'VET', 'CUS'] as const;

/** Keyless padlock, bolt or wire (DCSA seal types). */
export const sealTypes = ['KLP', 'BLT', 'WIR'] as const;

/** Where a seal stands: an opened one still hangs there; a removed one is gone for good. */
export const sealStatuses = ['fitted', 'opened', 'removed'] as const;

export type FittingKind = (typeof fittingKinds)[number];
export type SealSource = (typeof sealSources)[number];
export type SealType = (typeof sealTypes)[number];
export type SealStatus = (typeof sealStatuses)[number];

/** One step of a seal's life: when, by which party, and the device whose statement says so. */
export type SealStep = {
  readonly at: string;
  readonly by: string;
  readonly kid?: string;
  /** The hash of the statement's id, base64url. */
  readonly statement?: string;
  readonly reason?: string;
  /** There, and true, where customs did it. */
  readonly customs?: boolean;
};

/** What is known of a seal besides its number. */
export type SealFacts = {
  readonly kind: FittingKind;
  readonly source?: SealSource;
  readonly type?: SealType;
};

/** A seal on a unit. Key `seal/<unit>/<seal>`; a number is fitted to a unit once. */
export type SealRecord = SealFacts & {
  readonly v: 1;
  readonly unit: string;
  readonly seal: string;
  readonly status: SealStatus;
  readonly fitted: SealStep;
  readonly opened?: SealStep;
  readonly removed?: SealStep;
  /** The seal that it took the place of, and the one that took its place, in the same act. */
  readonly replaces?: string;
  readonly replacedBy?: string;
};

const step = object<SealStep>(
  { at: timestamp, by: partyId },
  { kid: sha256Base64url, statement: sha256Base64url, reason, customs: flag },
);

export const sealRecord = object<SealRecord>(
  {
    v: constant(1),
    unit: transportUnit,
    seal: sealNumber,
    kind: oneOf(fittingKinds),
    status: oneOf(sealStatuses),
    fitted: step,
  },
  {
    source: oneOf(sealSources),
    type: oneOf(sealTypes),
    opened: step,
    removed: step,
    replaces: sealNumber,
    replacedBy: sealNumber,
  },
);

/** What somebody found who looked at a seal. */
export const sealFindings = ['intact', 'broken', 'missing', 'other_number'] as const;

export type SealFinding = (typeof sealFindings)[number];

/** That somebody looked at a seal. Key `sealcheck/<unit>/<seal>/<partyId>/<check>`: checks never wait for one another. */
export type SealCheckRecord = {
  readonly v: 1;
  readonly unit: string;
  readonly seal: string;
  /** The request id of the check. */
  readonly check: string;
  readonly finding: SealFinding;
  readonly step: SealStep;
};

export const sealCheckRecord = object<SealCheckRecord>(
  {
    v: constant(1),
    unit: transportUnit,
    seal: sealNumber,
    check: requestId,
    finding: oneOf(sealFindings),
    step,
  },
  {},
);
