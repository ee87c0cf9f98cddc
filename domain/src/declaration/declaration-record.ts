import { certificateOptions, type CommittedField } from '../origin/certificate/certificate-record.js';
import { classified, type Classified } from '../origin/lot/lot-record.js';
import { quantity, unit, type Unit } from '../origin/unit.js';
import { roles, type Role } from '../party/roles.js';
import { list, object } from '../shape/composites.js';
import { ordinal, partyId, reason, timestamp } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import { constant, integer, oneOf } from '../shape/scalars.js';
import { country, ucr, unLocode } from '../shipment/fields.js';

/** What is asked for: the customs procedures of the WCO's Revised Kyoto Convention, specific annexes B to E. */
export const procedures = [
  'import',
  'export',
  'transit',
  'bonded_warehouse',
  'transhipment',
  're_export',
] as const;

export type Procedure = (typeof procedures)[number];

/** One line of goods as it is declared (WCO data model: GovernmentAgencyGoodsItem). */
export type DeclaredLine = Classified & {
  readonly origin: string;
  readonly unit: Unit;
  readonly quantity: number;
  readonly packages: number;
};

/** What a declaration says (core of the WCO data model). Values and prices stand as commitments, never in clear. */
export type DeclarationFacts = {
  readonly procedure: Procedure;
  /** The customs office, by UN/LOCODE. */
  readonly office: string;
  readonly lines: readonly DeclaredLine[];
  /** Customs value, freight, insurance and whatever else must not be read by others. */
  readonly commitments?: readonly CommittedField[];
};

/** What a declarant declares. Key `declaration/<declaration>`. */
export type DeclarationRecord = DeclarationFacts & {
  readonly v: 1;
  /** `<declarant>:<number of its own>` (local reference number). */
  readonly declaration: string;
  readonly ucr: string;
  readonly lodgedAt: string;
  /** Counts from 1, with each amendment. */
  readonly version: number;
  readonly amended?: { readonly at: string; readonly reason: string };
  readonly withdrawn?: { readonly at: string; readonly reason: string };
};

/** Customs' word that it has accepted one version of a declaration. Key `acceptance/<declaration>`. */
export type AcceptanceRecord = {
  readonly v: 1;
  readonly declaration: string;
  readonly version: number;
  readonly by: string;
  readonly role: Role;
  readonly at: string;
};

const declaredLine = object<DeclaredLine>(
  { ...classified, origin: country, unit, quantity, packages: integer(0, 1_000_000) },
  {},
);

export const declarationFacts = {
  procedure: oneOf(procedures),
  office: unLocode,
  lines: list(declaredLine, { min: 1, max: 200 }),
} as const;

export const declarationOptions = { commitments: certificateOptions.commitments };

const step = object<NonNullable<DeclarationRecord['amended']>>({ at: timestamp, reason }, {});

export const declarationRecord = object<DeclarationRecord>(
  { v: constant(1), declaration: ownedId, ucr, ...declarationFacts, lodgedAt: timestamp, version: ordinal },
  { ...declarationOptions, amended: step, withdrawn: step },
);

export const acceptanceRecord = object<AcceptanceRecord>(
  { v: constant(1), declaration: ownedId, version: ordinal, by: partyId, role: oneOf(roles), at: timestamp },
  {},
);
