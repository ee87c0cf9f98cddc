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

/**
 * That one thing went into another. Things are lots (`lot:<id>`) and consignments (UCR), as those who see them are kept (viewers.ts).
 */
export interface LineageTable extends Origin {
  input: string;
  output: string;
  kind: 'transformed' | 'shipped' | 'split' | 'merged';
  /** The transformation, the drawdown as `<lot>/<number>`, or the consignment that was opened. */
  cause: string;
}

export interface LotTables {
  lineage: LineageTable;
  lot: LotTable;
  transformation: TransformationTable;
  certificate: CertificateTable;
  drawdown: DrawdownTable;
}
