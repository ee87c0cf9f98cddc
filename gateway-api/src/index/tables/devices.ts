import type { Origin } from './row-origin.js';

export interface DeviceTable extends Origin {
  kid: string;
  /** JSON Web Key. */
  jwk: string;
  owner: string;
  msp_id: string;
  kind: string;
  place: string | null;
  status: string;
  registered_at: string;
  revoked_at: string | null;
  reason: string | null;
  calibrated_until: string | null;
  /** JSON, as the domain's DeviceRecord has it; so are the next six. */
  calibration: string | null;
  signs_for: string | null;
  suspension: string | null;
  epoch: string | null;
  predecessor: string | null;
  successor: string | null;
  compromise: string | null;
}

export interface StatementTable extends Origin {
  statement_id: string;
  kid: string;
  seq: number;
  /** Place in its batch. */
  item: number;
  /** The signed bytes. */
  jws: string;
  /** 1 when this gateway checked the signature with the registered key; 0 when it does not hold. */
  signature_holds: number;
  /** 1 when the owner filed it after the key was revoked. */
  late: number;
  /** The transaction's timestamp. */
  recorded_at: string;
  /** What its EPCIS event says, for queries; CBV words are bare, times in UTC, places by UN/LOCODE where they name one. */
  event_type: string;
  action: string;
  event_time: string;
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  event_id: string | null;
  /** 1 of a declaration that an earlier statement is in error. */
  declares_error: number;
}

/** A value that an EPCIS event has among several: `term` says in which place of it (project-terms.ts). */
export interface EpcisTermTable extends Origin {
  term: string;
  value: string;
  item: number;
  statement_id: string;
}

/** That a statement is about a thing. */
export interface MentionTable extends Origin {
  /** The thing by the domain's name for it. */
  thing: string;
  item: number;
  statement_id: string;
}

/** A proof that a key has signed two statements under one number. */
export interface EquivocationTable extends Origin {
  kid: string;
  seq: number;
  /** JSON array: the two statements as they were signed, from the transaction's argument. */
  statements: string;
  filed_by: string;
  filed_at: string;
}

export interface DeviceTables {
  device: DeviceTable;
  statement: StatementTable;
  mention: MentionTable;
  epcis_term: EpcisTermTable;
  equivocation: EquivocationTable;
}
