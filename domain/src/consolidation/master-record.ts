import { transportUnit } from '../containment/containment-record.js';
import { object } from '../shape/composites.js';
import { partyId, timestamp } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import { constant, oneOf } from '../shape/scalars.js';
import { place } from '../shipment/fields.js';

/** The transport documents under which consolidations travel (UN/EDIFACT 1001), with names of our own. */
export const masterDocuments = {
  '704': 'master_bill_of_lading',
  '710': 'sea_waybill',
  '720': 'rail_consignment_note',
  '730': 'road_consignment_note',
  '741': 'master_air_waybill',
} as const;

export type MasterDocument = keyof typeof masterDocuments;

export const masterDocumentCodes = Object.keys(masterDocuments) as readonly MasterDocument[];

/** What whoever opens a master consignment says of it. */
export type MasterFacts = {
  /** `<party>:<number of the transport document>`. */
  readonly master: string;
  readonly document: MasterDocument;
  /** Party id of the carrier under whose document it travels. */
  readonly carrier: string;
  /** Places of loading and discharge. */
  readonly from: string;
  readonly to: string;
  /** The ship, flight, vehicle or other unit that carries it. */
  readonly conveyance?: string;
};

/**
 * A master consignment: what a carrier takes as one, under one transport document, and which carries the house consignments of many
 * traders. Which ones is nowhere counted up here: each has a record of its own. Key `master/<master>`, written once.
 */
export type MasterRecord = MasterFacts & { readonly v: 1; readonly openedAt: string };

export const masterFacts = {
  master: ownedId,
  document: oneOf(masterDocumentCodes),
  carrier: partyId,
  from: place,
  to: place,
} as const;

export const masterOptions = { conveyance: transportUnit };

export const masterRecord = object<MasterRecord>(
  { v: constant(1), ...masterFacts, openedAt: timestamp },
  masterOptions,
);
