import type { Origin } from './row-origin.js';

/** That the owner of a device declared one of its statements to be in error. */
export interface CorrectionTable extends Origin {
  /** The declaration, a statement itself. */
  statement_id: string;
  /** The statement that it corrects. */
  corrected_id: string;
  /** As the declaration has it. */
  declaration_time: string;
  reason: string | null;
}

/** A statement that takes the place of a corrected one. */
export interface CorrectiveTable extends Origin {
  /** The declaration that says so. */
  statement_id: string;
  /** Its place in the declaration, from 0. */
  item: number;
  corrective_id: string;
}

export interface CorrectionTables {
  correction: CorrectionTable;
  corrective: CorrectiveTable;
}
