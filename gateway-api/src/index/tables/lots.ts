import type { Origin } from './row-origin.js';

/** A lot; `record` is the domain's LotRecord as JSON, and so for the next three. */
export interface LotTable extends Origin {
  lot: string;
  holder: string;
  record: string;
}

export interface TransformationTable extends Origin {
  transformation: string;
  record: string;
}

/** A certificate of origin. */
export interface CertificateTable extends Origin {
  certificate: string;
  lot: string;
  status: string;
  record: string;
}

/** Goods of a lot that went with a consignment. */
export interface DrawdownTable extends Origin {
  lot: string;
  number: number;
  ucr: string;
  certificate: string | null;
  record: string;
}

export interface LotTables {
  lot: LotTable;
  transformation: TransformationTable;
  certificate: CertificateTable;
  drawdown: DrawdownTable;
}
