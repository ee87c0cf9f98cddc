import { roles, type Role } from '../party/roles.js';
import { list, object } from '../shape/composites.js';
import { ordinal, partyId, timestamp } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import { constant, integer, line, oneOf, pattern } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

/** What one rule adds to a score, and why. Points below nought speak for the consignment. */
export type RiskContribution = {
  /** The rule's id within its rule set, as `alert.seal_opened`. */
  readonly rule: string;
  readonly points: number;
  readonly reason: string;
};

/** The rules by which a score was reached: a name and a version, so that anybody can run them again. */
export type RuleSet = { readonly name: string; readonly version: string };

/** A score with all that it is made of: it is the sum of its contributions. */
export type RiskScore = {
  readonly rules: RuleSet;
  readonly score: number;
  readonly contributions: readonly RiskContribution[];
};

/** One version of a declaration. */
export type AssessedDeclaration = { readonly declaration: string; readonly version: number };

/**
 * Customs' newest assessment of a consignment, or of one declaration for it. Key `risk/<ucr>/<declaration, or "shipment">`: each
 * assessment takes the place of the one before, which stays in its block.
 */
export type RiskRecord = RiskScore & {
  readonly v: 1;
  readonly ucr: string;
  readonly about?: AssessedDeclaration;
  /** Counts the assessments under this key, from 1. */
  readonly number: number;
  readonly by: string;
  readonly role: Role;
  readonly at: string;
};

/** The most contributions of one assessment. */
const maxContributions = 50;

const points = integer(-10_000, 10_000);

const contribution = object<RiskContribution>(
  {
    rule: pattern(
      /^[a-z0-9][a-z0-9._-]{0,63}$/,
      'the id of a rule: lower-case letters, digits, dots, dashes, underscores',
    ),
    points,
    reason: line(200),
  },
  {},
);

/** The members of a score, for inputs and records. */
export const riskScore = {
  rules: object<RuleSet>({ name: line(64), version: line(40) }, {}),
  score: integer(-1_000_000, 1_000_000),
  contributions: list(contribution, { min: 0, max: maxContributions }),
} as const;

export const assessedDeclaration = object<AssessedDeclaration>(
  { declaration: ownedId, version: ordinal },
  {},
);

export const riskRecord = object<RiskRecord>(
  {
    v: constant(1),
    ucr,
    ...riskScore,
    number: ordinal,
    by: partyId,
    role: oneOf(roles),
    at: timestamp,
  },
  { about: assessedDeclaration },
);
