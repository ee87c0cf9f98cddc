import type { Origin } from './row-origin.js';

/** What was declared; `record` is the domain's DeclarationRecord as JSON. */
export interface DeclarationTable extends Origin {
  declaration: string;
  ucr: string;
  record: string;
}

/** That customs has accepted a version of a declaration; `record` is the domain's AcceptanceRecord as JSON. */
export interface AcceptanceTable extends Origin {
  declaration: string;
  record: string;
}

export interface DeclarationTables {
  declaration: DeclarationTable;
  acceptance: AcceptanceTable;
}
