import type { Origin } from './row-origin.js';

/** That a party disputes an event; `record` is the domain's DisputeRecord as JSON. */
export interface DisputeTable extends Origin {
  ucr: string;
  disputant: string;
  dispute: string;
  /** Of a disputed statement. */
  statement_id: string | null;
  /** Of a disputed act: who asked for it, and under which request id. */
  act_by: string | null;
  act_request: string | null;
  record: string;
}

/** Customs' word on a dispute; `record` is the domain's RulingRecord as JSON. */
export interface RulingTable extends Origin {
  ucr: string;
  disputant: string;
  dispute: string;
  record: string;
}

export interface DisputeTables {
  dispute: DisputeTable;
  ruling: RulingTable;
}
