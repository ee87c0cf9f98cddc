import { list, object } from '../../shape/composites.js';
import { instant, partyId, reason, sha256Base64url, timestamp } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { constant, integer, line, oneOf, pattern } from '../../shape/scalars.js';
import { country } from '../../shipment/fields.js';
import { classified, type Classified } from '../lot/lot-record.js';
import { quantity, unit, type Unit } from '../unit.js';

/**
 * By what the goods have their origin (WCO, Revised Kyoto Convention, Specific Annex K): wholly obtained in one country, or
 * substantially transformed there, by a change of tariff classification or by value added.
 */
export const criteria = ['wholly_obtained', 'tariff_shift', 'value'] as const;

export type Criterion = (typeof criteria)[number];

/** What the certifying body has found. Legal origin is its finding, never computed from material shares. */
export type Finding = {
  readonly origin: string;
  readonly criterion: Criterion;
  /** The rule of origin that was applied: which agreement's, in which version. */
  readonly rule: { readonly name: string; readonly version: string };
};

/** A value that the finding rests on and that stands nowhere in clear: a price, a cost. */
export type CommittedField = { readonly field: string; readonly commitment: string };

export const certificateStatuses = ['valid', 'suspended', 'withdrawn'] as const;

export type CertificateStatus = (typeof certificateStatuses)[number];

/** What a certificate says; it never changes. */
export type CertificateFacts = {
  /** `<certifying body>:<number of its own>`. */
  readonly certificate: string;
  readonly lot: string;
  /** For how much of the lot, in the lot's smallest unit. */
  readonly quantity: number;
  readonly finding: Finding;
  readonly commitments?: readonly CommittedField[];
  /** The anchored document, if there is a paper. */
  readonly document?: string;
  readonly validUntil: string;
};

/** A certificate of origin. Key `certificate/<certificate>`: the one record that draw-downs of it compete for. */
export type CertificateRecord = CertificateFacts &
  Classified & {
    readonly v: 1;
    readonly unit: Unit;
    /** How much of it no shipment has drawn down. */
    readonly remaining: number;
    readonly status: CertificateStatus;
    readonly issuedAt: string;
    /** The latest suspension, resumption or withdrawal: when, and why. */
    readonly changed?: { readonly at: string; readonly by: string; readonly reason: string };
  };

const finding = object<Finding>(
  {
    origin: country,
    criterion: oneOf(criteria),
    rule: object<Finding['rule']>({ name: line(200), version: line(40) }, {}),
  },
  {},
);

const committedField = object<CommittedField>(
  { field: pattern(/^[a-zA-Z][a-zA-Z0-9]{0,63}$/, 'the name of a field'), commitment: sha256Base64url },
  {},
);

/** What the certifying body says; the record has the same members under the same rules. */
export const certificateFacts = {
  certificate: ownedId,
  lot: ownedId,
  quantity,
  finding,
  validUntil: instant,
};

export const certificateOptions = {
  commitments: list(committedField, { min: 1, max: 20 }),
  document: ownedId,
};

export const certificateRecord = object<CertificateRecord>(
  {
    v: constant(1),
    ...certificateFacts,
    ...classified,
    unit,
    remaining: integer(0),
    status: oneOf(certificateStatuses),
    issuedAt: timestamp,
  },
  {
    ...certificateOptions,
    changed: object<NonNullable<CertificateRecord['changed']>>({ at: timestamp, by: partyId, reason }, {}),
  },
);
