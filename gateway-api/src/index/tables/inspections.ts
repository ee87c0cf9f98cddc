import type { Origin } from './row-origin.js';

/** An order to look at a consignment and what came of it; `record` is the domain's InspectionRecord as JSON. */
export interface InspectionTable extends Origin {
  ucr: string;
  number: number;
  /** Party id of whoever is to carry it out. */
  to_party: string;
  deadline: string;
  /** 1 until it is disposed of. */
  open: number;
  record: string;
}

/** What was answered to an order; `record` is the domain's AcknowledgementRecord as JSON. */
export interface AcknowledgementTable extends Origin {
  ucr: string;
  inspection: number;
  answer: string;
  record: string;
}

export interface InspectionTables {
  inspection: InspectionTable;
  acknowledgement: AcknowledgementTable;
}
