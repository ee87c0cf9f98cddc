import type { Origin } from './row-origin.js';

export interface ShipmentTable extends Origin {
  ucr: string;
  opener: string;
  /** JSON array, as the domain's GoodsLine. */
  goods: string;
  origin: string;
  departure: string;
  transport_mode: string;
  importer: string;
  declarant: string | null;
  seller: string | null;
  opened_at: string;
  /** MSP id of the competent customs. */
  customs: string | null;
  /** JSON array of the UCRs whose goods these are; null where it was opened by itself. */
  parents: string | null;
}

/** A party that was named in a shipment after its opening. */
export interface NamingTable extends Origin {
  ucr: string;
  party_id: string;
  role: string;
  named_by: string;
  named_at: string;
}

export interface CustodyTable extends Origin {
  ucr: string;
  custodian: string;
  since: string;
  handovers: number;
  open: number | null;
  /** JSON, as the domain's Ending; null while it stands by itself. */
  ended: string | null;
}

export type EventKind =
  | 'shipment_opened'
  | 'observation'
  | 'handover_offered'
  | 'handover_accepted'
  | 'handover_rejected'
  | 'handover_withdrawn'
  | 'customs_decision'
  | 'error_declared';

/** A shipment's timeline: ordered by (block, position, item). */
export interface EventTable extends Origin {
  ucr: string;
  item: number;
  kind: EventKind;
  recorded_at: string;
  /** Place as the event names it. */
  place: string | null;
  /** Of an observation or an error declaration. */
  statement_id: string | null;
  kid: string | null;
  /** Of a handover's step. */
  handover: number | null;
  /** Custodian at the opening. */
  custodian: string | null;
  /** Of a decision: what it was, and the hold or the inspection it is about. */
  decision: string | null;
  hold: number | null;
  inspection: number | null;
}

/** Who sees a consignment or a lot: viewers and subjects are named by `sight/viewers.ts`. */
export interface SightTable extends Origin {
  viewer: string;
  subject: string;
}

export interface ShipmentTables {
  shipment: ShipmentTable;
  naming: NamingTable;
  custody: CustodyTable;
  event: EventTable;
  sight: SightTable;
}
