import type { Origin } from './row-origin.js';

/** One version of what a unit has to do with a consignment: every change is a row, so that any moment can be looked up. */
export interface ContainmentTable extends Origin {
  unit: string;
  ucr: string;
  /** 1 while goods of the consignment lie in the unit itself. */
  goods: number;
  /** How many packages, where they were counted. */
  packages: number | null;
  /** 1 once a unit with goods of the consignment was put inside. */
  carries: number;
  /** The unit that carries this one. */
  within: string | null;
  at: string;
  by: string;
}

/** A seal or tracker on a unit, as it stands. Every version stands in `history`. */
export interface SealTable extends Origin {
  unit: string;
  seal: string;
  kind: string;
  status: string;
  source: string | null;
  type: string | null;
  /** JSON, as the domain's SealStep; so are the next two. */
  fitted: string;
  opened: string | null;
  removed: string | null;
  replaces: string | null;
  replaced_by: string | null;
}

/** That somebody looked at a seal. */
export interface SealCheckTable extends Origin {
  unit: string;
  seal: string;
  party_id: string;
  check_id: string;
  finding: string;
  /** JSON, as the domain's SealStep. */
  step: string;
}

export interface UnitTables {
  containment: ContainmentTable;
  seal: SealTable;
  sealcheck: SealCheckTable;
}
