import { object } from '../shape/composites.js';
import { ordinal, partyId, timestamp } from '../shape/fields.js';
import { constant, integer } from '../shape/scalars.js';
import { ending, type Ending } from '../shipment/ending.js';
import { ucr } from '../shipment/fields.js';

/** Who holds a shipment now. Key `custody/<ucr>`: the one record that offers and answers compete for. */
export type CustodyRecord = {
  readonly v: 1;
  readonly ucr: string;
  /** Party id of the one custodian. */
  readonly custodian: string;
  /** When the custodian took over. */
  readonly since: string;
  /** How many handovers were offered so far: the number of the latest. */
  readonly handovers: number;
  /** The number of the handover that awaits an answer, if one does. */
  readonly open?: number;
  /** There once the consignment goes on in others; then nothing happens to it any more but that its goods come out of units. */
  readonly ended?: Ending;
};

export const custodyRecord = object<CustodyRecord>(
  { v: constant(1), ucr, custodian: partyId, since: timestamp, handovers: integer(0) },
  { open: ordinal, ended: ending },
);
