import { list, object } from '../shape/composites.js';
import { mspId, partyId, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { maxParts } from './ending.js';
import { country, ucr } from './fields.js';
import { goodsLines, type GoodsLine } from './goods-line.js';
import { transportModeCodes, type TransportMode } from './transport-modes.js';

/** Who is named in a shipment, by party id. */
export type ShipmentParties = {
  readonly importer: string;
  readonly declarant?: string;
  readonly seller?: string;
};

/** One consignment under its UCR. Written once, when it is opened. Key `shipment/<ucr>`. */
export type ShipmentRecord = {
  readonly v: 1;
  readonly ucr: string;
  /** The party that opened it: the trader part of the UCR. */
  readonly opener: string;
  readonly goods: readonly GoodsLine[];
  /** Country of origin and of departure, ISO 3166-1 alpha-2. */
  readonly origin: string;
  readonly departure: string;
  readonly transportMode: TransportMode;
  readonly parties: ShipmentParties;
  /** MSP id of the competent customs; absent where the shipment was opened before it was asked for. */
  readonly customs?: string;
  /** The consignments whose goods these are: one that was split, or several that were merged. */
  readonly parents?: readonly string[];
  readonly openedAt: string;
};

export const shipmentParties = object<ShipmentParties>(
  { importer: partyId },
  { declarant: partyId, seller: partyId },
);

/** What whoever opens a shipment says about it; the record has the same members under the same rules. */
export const shipmentFacts = {
  ucr,
  goods: goodsLines,
  origin: country,
  departure: country,
  transportMode: oneOf(transportModeCodes),
  parties: shipmentParties,
} as const;

export const shipmentRecord = object<ShipmentRecord>(
  { v: constant(1), opener: partyId, ...shipmentFacts, openedAt: timestamp },
  { customs: mspId, parents: list(ucr, { min: 1, max: maxParts, distinct: true }) },
);
