import type { Origin } from './row-origin.js';

export interface PartyTable extends Origin {
  party_id: string;
  msp_id: string;
  name: string;
  /** JSON array. */
  roles: string;
  registered_at: string;
  gln: string | null;
  /** JSON: {country, number}. */
  registration: string | null;
  updated_at: string | null;
}

/** A party's standing as a trusted trader, as customs decided last. */
export interface AeoTable extends Origin {
  party_id: string;
  status: string;
  decided_by: string;
  decided_at: string;
  reason: string;
}

/** That one party may act for another. */
export interface MandateTable extends Origin {
  mandator: string;
  mandatary: string;
  mandate: string;
  /** JSON array: names of commands. */
  scope: string;
  ucr_prefix: string | null;
  until: string;
  granted_at: string;
  withdrawn_at: string | null;
}

export interface PartyTables {
  party: PartyTable;
  aeo: AeoTable;
  mandate: MandateTable;
}
