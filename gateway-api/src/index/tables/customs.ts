import type { Origin } from './row-origin.js';

/** Where a shipment stands with customs. */
export interface CustomsTable extends Origin {
  ucr: string;
  customs: string;
  status: string;
  /** JSON, as the domain's records have it; so are the columns named alike below. */
  latest: string | null;
  release: string | null;
  proposed: string | null;
  /** What came of inspections, as far as releases depend on it: `conforming`, `non_conforming` or null. */
  finding: string | null;
  /** JSON, as the domain's Regime. */
  regime: string | null;
}

export interface HoldTable extends Origin {
  ucr: string;
  number: number;
  kind: string;
  /** JSON array, or null. */
  units: string | null;
  carried_by: string | null;
  permit: string | null;
  placed: string;
  placed_at: string;
  /** JSON array. */
  partial: string;
  proposed: string | null;
  lifted: string | null;
}

/** A key that only looks like customs' word: somebody wrote it without customs' endorsement. No answer rests on it. */
export interface ForgeryTable extends Origin {
  key: string;
  /** JSON array of MSP ids. */
  endorsers: string;
}

export interface CustomsTables {
  customs: CustomsTable;
  hold: HoldTable;
  forgery: ForgeryTable;
}
