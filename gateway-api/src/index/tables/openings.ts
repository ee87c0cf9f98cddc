import type { Origin } from './row-origin.js';

/**
 * A step of a party's copy of an opening, as the public part of an act says it: salt and value are in no block and in no table. A
 * row for each, never changed.
 */
export interface OpeningStepTable extends Origin {
  /** The party whose copy it is. */
  holder: string;
  commitment: string;
  step: 'kept' | 'purged';
  /** The transaction's timestamp. */
  at: string;
  /** Owner, subject and field of the commitment; null of a purge. */
  owner: string | null;
  subject: string | null;
  field: string | null;
}

export interface OpeningTables {
  opening_step: OpeningStepTable;
}
