import { object } from '../shape/composites.js';
import { instant, ordinal, partyId, reason, requestId, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { place, ucr } from '../shipment/fields.js';
import { goodsState, type GoodsState } from './goods-state.js';

export const handoverStatuses = ['offered', 'accepted', 'rejected', 'withdrawn', 'expired'] as const;

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
  /** The last moment for an answer; absent in offers of earlier versions, which do not expire. */
  readonly expiresAt?: string;
  /** What the custodian says of the goods. */
  readonly stated?: GoodsState;
  /** What whoever took them over found otherwise. */
  readonly differences?: GoodsState;
  /** The release by which a carrier takes the goods: it is used up when the carrier accepts. */
  readonly release?: string;
  readonly closedAt?: string;
  /** Why it was rejected or withdrawn. */
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
  {
    expiresAt: instant,
    stated: goodsState,
    differences: goodsState,
    release: requestId,
    closedAt: timestamp,
    reason,
  },
);
