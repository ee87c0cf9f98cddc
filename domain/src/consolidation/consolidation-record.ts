import { object } from '../shape/composites.js';
import { partyId, timestamp } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import { constant, oneOf } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

export const consolidationStatuses = ['consolidated', 'deconsolidated'] as const;

export type ConsolidationStatus = (typeof consolidationStatuses)[number];

/**
 * Under which master consignment a house consignment travels, or last did. Key `consolidation/<ucr>`: one for each house, so that it
 * is under one master at a time, and the houses of a master never wait for one another.
 */
export type ConsolidationRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly master: string;
  readonly status: ConsolidationStatus;
  readonly at: string;
  readonly by: string;
};

export const consolidationRecord = object<ConsolidationRecord>(
  { v: constant(1), ucr, master: ownedId, status: oneOf(consolidationStatuses), at: timestamp, by: partyId },
  {},
);
