import { object } from '../shape/composites.js';
import { ordinal, partyId, reason, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

export const inspectionAnswers = ['acknowledged', 'refused'] as const;

export type Answer = (typeof inspectionAnswers)[number];

/**
 * What whoever is to carry an inspection out has answered. A key of its own, without customs' policy: it is the other side's
 * word, and given without asking customs to endorse it. Key `acknowledgement/<ucr>/<inspection>`.
 */
export type AcknowledgementRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly inspection: number;
  readonly answer: Answer;
  /** Why it was refused. */
  readonly reason?: string;
  readonly by: string;
  readonly at: string;
};

export const acknowledgementRecord = object<AcknowledgementRecord>(
  { v: constant(1), ucr, inspection: ordinal, answer: oneOf(inspectionAnswers), by: partyId, at: timestamp },
  { reason },
);
