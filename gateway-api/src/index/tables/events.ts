import type { Origin } from './row-origin.js';

/** Every event of the ledger in its order: the leaves of the tree (`@passage/evidence`). */
export interface LedgerEventTable extends Origin {
  /** Its number among all events, from 0. */
  leaf: number;
  event_id: string;
  /** Its place among the events of its transaction. */
  item: number;
  /** The key that signed, of a statement. */
  kid: string | null;
}

/** Which consignments an event is about. */
export interface EventAboutTable extends Origin {
  ucr: string;
  leaf: number;
}

/** A node of the tree over the events, which no later event changes. */
export interface TreeNodeTable {
  level: number;
  number: number;
  hash: Uint8Array;
  /** The block whose event completed it. */
  block: number;
}

/** Keys under which a record has ever named a consignment. */
export interface RecordNamingTable extends Origin {
  ucr: string;
  key: string;
}

export interface EventTables {
  ledger_event: LedgerEventTable;
  event_about: EventAboutTable;
  tree_node: TreeNodeTable;
  record_naming: RecordNamingTable;
}
