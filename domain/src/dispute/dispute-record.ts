import { roles, type Role } from '../party/roles.js';
import { object } from '../shape/composites.js';
import { ordinal, partyId, reason, requestId, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant, oneOf, pattern } from '../shape/scalars.js';
import { broken, type Shape } from '../shape/shape.js';
import { ucr } from '../shipment/fields.js';

/** A statement that is disputed. */
export type DisputedStatement = {
  readonly kid: string;
  readonly seq: number;
  /** The hash of the statementId, base64url. */
  readonly id: string;
};

/** An act that is disputed: the ledger knows it by who asked for it and under which request id. */
export type DisputedAct = { readonly by: string; readonly requestId: string; readonly command: string };

/** What is disputed: exactly one of the two. */
export type DisputedEvent = { readonly statement: DisputedStatement } | { readonly act: DisputedAct };

/** What came out of a dispute: what was disputed is wrong (upheld), or it stands (dismissed). */
export const disputeFindings = ['upheld', 'dismissed'] as const;

export type DisputeFinding = (typeof disputeFindings)[number];

/** What is said of a dispute: in words that name no person, as a commitment to words that must not stand in clear, or both. */
export type Said = { readonly text?: string; readonly commitment?: string };

/** The answer of whoever had the goods then. */
export type DisputeAnswer = Said & {
  readonly finding: DisputeFinding;
  readonly by: string;
  readonly at: string;
};

/**
 * That a party of a consignment says that an event of it is wrong. The event stays as it is.
 * Key `dispute/<ucr>/<disputant>/<dispute>`.
 */
export type DisputeRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly disputant: string;
  /** The request id by which it was raised. */
  readonly dispute: string;
  readonly event: DisputedEvent;
  readonly reason: string;
  readonly commitment?: string;
  readonly raisedAt: string;
  readonly answer?: DisputeAnswer;
  readonly withdrawn?: { readonly at: string; readonly reason: string };
};

/** Customs' word on a dispute, which is the last. Key `ruling/<ucr>/<disputant>/<dispute>`. */
export type RulingRecord = DisputeAnswer & {
  readonly v: 1;
  readonly ucr: string;
  readonly disputant: string;
  readonly dispute: string;
  readonly role: Role;
};

const disputedStatement = object<DisputedStatement>(
  { kid: sha256Base64url, seq: ordinal, id: sha256Base64url },
  {},
);

const disputedAct = object<DisputedAct>(
  { by: partyId, requestId, command: pattern(/^[A-Z][A-Za-z]{0,63}$/, 'the name of a command') },
  {},
);

const eitherEvent = object<{ readonly statement?: DisputedStatement; readonly act?: DisputedAct }>(
  {},
  { statement: disputedStatement, act: disputedAct },
);

const disputedEvent: Shape<DisputedEvent> = (value, pointer, violations) => {
  const event = eitherEvent(value, pointer, violations);
  if (event === undefined) return undefined;
  if (Object.keys(event).length === 1) return event as DisputedEvent;
  broken(violations, pointer, 'must have exactly one of statement and act');
  return undefined;
};

/** What is said, as optional members of inputs and records. */
export const said = { text: reason, commitment: sha256Base64url } as const;

const named = { ucr, disputant: partyId, dispute: requestId } as const;
const answered = { finding: oneOf(disputeFindings), by: partyId, at: timestamp } as const;

export const disputeRecord = object<DisputeRecord>(
  { v: constant(1), ...named, event: disputedEvent, reason, raisedAt: timestamp },
  {
    commitment: sha256Base64url,
    answer: object<DisputeAnswer>(answered, said),
    withdrawn: object<NonNullable<DisputeRecord['withdrawn']>>({ at: timestamp, reason }, {}),
  },
);

export const rulingRecord = object<RulingRecord>(
  { v: constant(1), ...named, ...answered, role: oneOf(roles) },
  said,
);
