import { roles, type Role } from '../party/roles.js';
import { object } from '../shape/composites.js';
import { instant, partyId, reason, timestamp } from '../shape/fields.js';
import { line, oneOf } from '../shape/scalars.js';
import { customsResponseCodes, type CustomsResponse } from './responses.js';

/** A decision that was given on paper while the network was down, and entered afterwards. */
export type PaperDecision = {
  /** Number of the paper. */
  readonly document: string;
  /** The date that the paper bears; the decision's own `at` says when it was entered. */
  readonly at: string;
};

/** One word of customs, or of an agency: by whom, on which legal basis, and how a message would say it. */
export type Decision = {
  /** Party id of the officer: a pseudonym. */
  readonly by: string;
  readonly role: Role;
  readonly at: string;
  readonly legalBasis: string;
  /** UN/EDIFACT 7365. */
  readonly response: CustomsResponse;
  readonly reason?: string;
  readonly paper?: PaperDecision;
  /** Party id of the officer who proposed it, where it needed two. */
  readonly proposedBy?: string;
};

/** The law that a decision rests on, as `Regulation (EU) 952/2013, art. 198(1)`. */
export const legalBasis = line(200);

export const paperDecision = object<PaperDecision>({ document: line(64), at: instant }, {});

export const decision = object<Decision>(
  {
    by: partyId,
    role: oneOf(roles),
    at: timestamp,
    legalBasis,
    response: oneOf(customsResponseCodes),
  },
  { reason, paper: paperDecision, proposedBy: partyId },
);
