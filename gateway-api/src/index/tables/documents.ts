import type { Origin } from './row-origin.js';

/** A document and its newest version. */
export interface DocumentTable extends Origin {
  document: string;
  anchored_by: string;
  type: string;
  issuer: string;
  number: string;
  ucr: string | null;
  version: number;
  sha256: string;
  anchored_at: string;
  withdrawn_at: string | null;
  reason: string | null;
}

/** One version of a document. */
export interface AnchorTable extends Origin {
  document: string;
  version: number;
  sha256: string;
  anchored_at: string;
}

export interface DocumentTables {
  document: DocumentTable;
  anchor: AnchorTable;
}
