import type { Origin } from './row-origin.js';

/** One assessment of a consignment's risk, each a row of its own; `record` is the domain's RiskRecord as JSON. */
export interface RiskTable extends Origin {
  ucr: string;
  /** The declaration that it is about, or `shipment`. */
  about: string;
  /** Counts the assessments of the same, from 1. */
  number: number;
  record: string;
}

export interface RiskTables {
  risk: RiskTable;
}
