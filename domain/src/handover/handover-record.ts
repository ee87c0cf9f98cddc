import { object } from '../shape/composites.js';
import { ordinal, partyId, reason, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { place, ucr } from '../shipment/fields.js';

export const handoverStatuses = ['offered', 'accepted', 'rejected'] as const;

export type HandoverStatus = (typeof handoverStatuses)[number];

/** One offer to take over a shipment, and its answer. Key `handover/<ucr>/<number>`, numbers from 1. */
export type HandoverRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly handover: number;
  readonly from: string;
  readonly to: string;
  /** Where the goods change hands (UN/LOCODE). */
  readonly place: string;
  readonly status: HandoverStatus;
  readonly offeredAt: string;
  readonly closedAt?: string;
  /** Why it was rejected. */
  readonly reason?: string;
};

export const handoverRecord = object<HandoverRecord>(
  {
    v: constant(1),
    ucr,
    handover: ordinal,
    from: partyId,
    to: partyId,
    place,
    status: oneOf(handoverStatuses),
    offeredAt: timestamp,
  },
  { closedAt: timestamp, reason },
);
