import type { Origin } from './row-origin.js';

export interface HandoverTable extends Origin {
  ucr: string;
  number: number;
  from_party: string;
  to_party: string;
  place: string;
  status: string;
  offered_at: string;
  closed_at: string | null;
  reason: string | null;
  expires_at: string | null;
  /** JSON, as the domain's HandoverRecord has it; so is the next. */
  stated: string | null;
  differences: string | null;
  release: string | null;
}

/** A statement that was attached to a handover. */
export interface WitnessTable extends Origin {
  ucr: string;
  handover: number;
  kid: string;
  seq: number;
  statement_id: string;
  attached_by: string;
  attached_at: string;
}

/** A release of goods to a carrier. */
export interface PickupTable extends Origin {
  ucr: string;
  release: string;
  from_party: string;
  carrier: string;
  plate_commitment: string;
  place: string;
  status: string;
  released_at: string;
  expires_at: string;
  handover: number | null;
  closed_at: string | null;
  reason: string | null;
}

export interface HandoverTables {
  handover: HandoverTable;
  witness: WitnessTable;
  pickup: PickupTable;
}
