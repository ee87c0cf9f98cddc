import type { Origin } from './row-origin.js';

/** A verified block. */
export interface BlockTable {
  number: number;
  header_hash: string;
  previous_hash: string;
  data_hash: string;
  transactions: number;
  /** JSON array: what was checked of the block. */
  checks: string;
  /** The highest timestamp of a valid transaction up to here; null before the first. */
  ledger_time: string | null;
}

/** Every transaction of every block, the invalid ones too. */
export interface TransactionTable extends Origin {
  /** peer.TxValidationCode as derived here. */
  code: number;
  /** ISO 8601 UTC with milliseconds; null where the envelope cannot be read. */
  timestamp: string | null;
  msp_id: string | null;
  party: string | null;
  role: string | null;
  key_held_by: string | null;
  /** Name of the chaincode's transaction, where it is a call of ours. */
  command: string | null;
  /** The party that the creator says it acts for, by mandate. */
  on_behalf_of: string | null;
}

/** Commands carried out, by who asked and under which id. */
export interface RequestTable extends Origin {
  who: string;
  request_id: string;
  command: string;
}

/** Every record that was ever written, as it then was: what stood under a key at any block. No statements, no requests. */
export interface HistoryTable extends Origin {
  key: string;
  /** The record, JSON. */
  value: string;
}

/** The world state with Fabric's versions: what the next block is judged by. */
export interface StateTable {
  namespace: string;
  /** UTF-8, so that SQLite orders keys as Fabric does. */
  key: Uint8Array;
  value: Uint8Array;
  block: number;
  tx: number;
  metadata: Uint8Array | null;
}

/** One row: where the next block joins on. */
export interface HeadTable {
  id: 1;
  number: number;
  header_hash: string;
  /** What `@passage/ledger` carries from block to block, serialized by `head-codec.ts`. */
  head: Uint8Array;
  /** The last of the blocks that were indexed by hash, link and orderers' signatures alone; null where every check was made of all. */
  linked_to: number | null;
}

export interface ChainTables {
  block: BlockTable;
  transaction: TransactionTable;
  request: RequestTable;
  history: HistoryTable;
  state: StateTable;
  head: HeadTable;
}
