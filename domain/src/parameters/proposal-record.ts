import { sha256 } from '#crypto';
import { encodeBase64url } from '../bytes/base64url.js';
import { utf8 } from '../bytes/bytes.js';
import { canonicalJson } from '../json/canonical.js';
import { object } from '../shape/composites.js';
import { mspId, ordinal, reason, requestId, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant, integer, oneOf } from '../shape/scalars.js';
import { parameterChanges, type ParameterChanges } from './parameters.js';

export const proposalStatuses = ['open', 'withdrawn', 'in_force'] as const;

export type ProposalStatus = (typeof proposalStatuses)[number];

/** Parameters that an organisation proposes. Key `proposal/<mspId>/<proposal>`; the id is that of the request. */
export type ProposalRecord = {
  readonly v: 1;
  readonly proposedBy: string;
  readonly proposal: string;
  /** The version in force when it was made, 0 for the defaults: it changes that one and no other. */
  readonly base: number;
  readonly changes: ParameterChanges;
  readonly reason: string;
  readonly proposedAt: string;
  readonly status: ProposalStatus;
  /** When it was withdrawn or put in force. */
  readonly closedAt?: string;
  /** The version that it became. */
  readonly version?: number;
};

export const proposalRecord = object<ProposalRecord>(
  {
    v: constant(1),
    proposedBy: mspId,
    proposal: requestId,
    base: integer(0),
    changes: parameterChanges,
    reason,
    proposedAt: timestamp,
    status: oneOf(proposalStatuses),
  },
  { closedAt: timestamp, version: ordinal },
);

export const approvalWords = ['approved', 'rejected'] as const;

export type ApprovalWord = (typeof approvalWords)[number];

/**
 * An organisation's word on a proposal. Key `approval/<mspId>/<proposal>/<mspId of who says it>`: each has its own, so that no
 * value grows.
 */
export type ApprovalRecord = {
  readonly v: 1;
  readonly word: ApprovalWord;
  /** What was approved or rejected, see `proposalDigest`: a proposal that was altered since has no approvals. */
  readonly digest: string;
  readonly at: string;
  readonly reason?: string;
};

export const approvalRecord = object<ApprovalRecord>(
  { v: constant(1), word: oneOf(approvalWords), digest: sha256Base64url, at: timestamp },
  { reason },
);

/** What a proposal comes to: SHA-256, in base64url, over the canonical JSON of its base and its changes. */
export function proposalDigest({ base, changes }: Pick<ProposalRecord, 'base' | 'changes'>): string {
  return encodeBase64url(sha256(utf8(canonicalJson({ base, changes }))));
}
