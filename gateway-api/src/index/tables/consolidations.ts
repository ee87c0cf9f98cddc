import type { Origin } from './row-origin.js';

/** A master consignment; it never changes. */
export interface MasterTable extends Origin {
  master: string;
  /** JSON, as the domain's MasterRecord. */
  record: string;
}

/** What a house consignment last had to do with a master. Every version stands in `history`. */
export interface ConsolidationTable extends Origin {
  ucr: string;
  master: string;
  status: string;
  at: string;
  by: string;
}

export interface ConsolidationTables {
  master: MasterTable;
  consolidation: ConsolidationTable;
}
