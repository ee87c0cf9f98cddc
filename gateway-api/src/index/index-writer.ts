import type { StateReader, StateUpdate } from '@passage/ledger';

import type { TreeBefore } from './growing-tree.js';
import type { BlockReading } from './reading/block-reading.js';
import type { PackedPlace, TableColumns } from './reading/packed-rows.js';
import type { BlockRows } from './rows.js';

/** The newest block of an index, and where the next one joins on. */
export interface IndexHead {
  readonly number: number;
  readonly headerHash: string;
  /** As the verifier keeps it. */
  readonly head: Uint8Array;
}

/** The same as it is kept. */
export interface KeptHead extends IndexHead {
  /** The last of the blocks that were indexed by links alone; null where there is none. */
  readonly linkedTo: number | null;
}

/**
 * What writes an index, whatever database it lies in. All of it is synchronous, because the rules that judge a block look things up
 * at once: it runs in a thread that answers nobody (indexer-thread.ts). One writer has an index to itself.
 */
export interface IndexWriter {
  /** The world state, as the blocks up to the head have left it. */
  readonly state: StateReader;
  head(): KeptHead | undefined;
  /** Whether an earlier block has a transaction of this id. */
  isKnownTransaction(transactionId: string): boolean;
  /** The ledger time of a block that is indexed; null before the first valid transaction. */
  ledgerTime(block: number): string | null;
  /** The tree over all events, as it stands. */
  tree(): TreeBefore;
  /** Carries out all of a piece of work in one transaction of the database, or, where it throws, nothing. */
  atomically<Result>(work: () => Result): Result;
  /**
   * Reads at once what blocks will be judged by, where each look costs a way to a server and back; within the transaction that they are
   * added in.
   */
  foresee?(blocks: readonly Uint8Array[]): void;
  /** Rows of blocks: a later one replaces an earlier one of its key, save in the tables that are written once. */
  write(rows: BlockRows): void;
  /** Takes what other threads have read; absent where only rows are taken. */
  readonly ofOthers?: {
    readonly columns: TableColumns;
    /** Rows and updates of the world state of a block. */
    write(reading: Pick<BlockReading, 'rows' | 'updates'>, place: PackedPlace): void;
  };
  /** What a block does to the world state. */
  apply(updates: Iterable<StateUpdate>): void;
  moveHead(head: IndexHead): void;
  /** Notes that all blocks up to this one were indexed by links alone; call once the head has moved there. */
  markLinked(block: number): void;
  /**
   * Does what writing would otherwise have to do now and then in its midst, if it is time; for whoever calls it, from the first block on,
   * when nobody waits for him. Absent where there is nothing to do.
   */
  tidyUp?(): void;
}
