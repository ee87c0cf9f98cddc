import { object } from '../../shape/composites.js';
import { ordinal, partyId, timestamp } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { constant } from '../../shape/scalars.js';
import { ucr } from '../../shipment/fields.js';
import { shares, type Share } from '../stock.js';
import { quantity } from '../unit.js';

/**
 * Something of a lot that goes with a consignment, under a certificate or without. Never changes. Key
 * `drawdown/<lot>/<number>`, numbers from 1.
 */
export type DrawdownRecord = {
  readonly v: 1;
  readonly lot: string;
  readonly number: number;
  readonly ucr: string;
  readonly certificate?: string;
  readonly quantity: number;
  /** Of which origins, in the lot's smallest unit. */
  readonly shares: readonly Share[];
  readonly by: string;
  readonly at: string;
};

export const drawdownRecord = object<DrawdownRecord>(
  { v: constant(1), lot: ownedId, number: ordinal, ucr, quantity, shares, by: partyId, at: timestamp },
  { certificate: ownedId },
);
