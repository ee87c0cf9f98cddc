import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { StateReader } from '@passage/ledger';

import type { IndexHead, IndexWriter, KeptHead } from '../index-writer.js';
import type { TreeBefore } from '../growing-tree.js';
import type { BlockRows } from '../rows.js';
import type { BlockReading } from '../reading/block-reading.js';
import type { PackedPlace } from '../reading/packed-rows.js';
import { unpackUpdates } from '../reading/packed-updates.js';
import type { ReadUpdate } from '../reading/packed-updates.js';
import { SqliteRows } from './sqlite-rows.js';
import { SqliteState } from './sqlite-state.js';
import { SqliteTree } from './sqlite-tree.js';

/** Rows and transactions in the log after which it goes into the file: either makes some thousand pages, which SQLite takes for long. */
const LONG_LOG = { changes: 4000, commits: 32 } as const;

/** Writes the index in an SQLite file. */
export class SqliteWriter implements IndexWriter {
  readonly #database: DatabaseSync;
  readonly #state: SqliteState;
  readonly #tree: SqliteTree;
  readonly #rows: SqliteRows;
  readonly #head: StatementSync;
  readonly #known: StatementSync;
  readonly #ledgerTime: StatementSync;
  readonly #moveHead: StatementSync;
  readonly #markLinked: StatementSync;
  readonly #changes: StatementSync;
  #commits = 0;
  /** How far the log had gone into the file when it was last moved; undefined while SQLite sees to that itself. */
  #written: { readonly changes: number; readonly commits: number } | undefined;
  /** Ids of transactions whose rows wait. */
  readonly #waiting = new Set<string>();

  readonly ofOthers: NonNullable<IndexWriter['ofOthers']>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#state = new SqliteState(database);
    this.#tree = new SqliteTree(database);
    this.#rows = new SqliteRows(database);
    this.#head = database.prepare(
      'SELECT number, header_hash AS headerHash, head, linked_to AS linkedTo FROM head',
    );
    this.#known = database.prepare('SELECT 1 FROM "transaction" WHERE transaction_id = ? LIMIT 1');
    this.#ledgerTime = database.prepare('SELECT ledger_time AS time FROM block WHERE number = ?');
    this.#moveHead = database.prepare(
      `INSERT INTO head (id, number, header_hash, head) VALUES (1, ?, ?, ?) ON CONFLICT (id)
       DO UPDATE SET number = excluded.number, header_hash = excluded.header_hash, head = excluded.head`,
    );
    this.#markLinked = database.prepare('UPDATE head SET linked_to = ?');
    this.#changes = database.prepare('SELECT total_changes() AS changes');
    this.ofOthers = {
      columns: this.#rows.columns(),
      write: (reading, place) => {
        this.#writeReading(reading, place);
      },
    };
  }

  get state(): StateReader {
    return this.#state;
  }

  head(): KeptHead | undefined {
    return this.#head.get() as KeptHead | undefined;
  }

  isKnownTransaction(transactionId: string): boolean {
    return this.#waiting.has(transactionId) || this.#known.get(transactionId) !== undefined;
  }

  ledgerTime(block: number): string | null {
    const row = this.#ledgerTime.get(block) as { readonly time: string | null } | undefined;
    return row?.time ?? null;
  }

  tree(): TreeBefore {
    return this.#tree.before();
  }

  atomically<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN');
    try {
      const result = work();
      this.#flush();
      this.#database.exec('COMMIT');
      this.#commits += 1;
      return result;
    } catch (error) {
      this.#forget();
      // After some errors, a full disk among them, SQLite has rolled back by itself: rolling back again would hide the first.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  write(rows: BlockRows): void {
    for (const { transaction_id } of rows.transaction) this.#waiting.add(transaction_id);
    this.#rows.add(rows);
    if (!this.#database.isTransaction) this.#flush();
  }

  apply(updates: Iterable<ReadUpdate>): void {
    this.#state.apply(updates);
    if (!this.#database.isTransaction) this.#flush();
  }

  #writeReading({ rows, updates }: Pick<BlockReading, 'rows' | 'updates'>, place: PackedPlace): void {
    for (const id of place.transactionIds) this.#waiting.add(id);
    this.#rows.unpack(rows, place);
    this.apply(unpackUpdates(updates, place.block));
  }

  #flush(): void {
    this.#state.flush();
    this.#rows.flush();
    this.#waiting.clear();
  }

  #forget(): void {
    this.#state.clear();
    this.#rows.clear();
    this.#waiting.clear();
  }

  moveHead({ number, headerHash, head }: IndexHead): void {
    this.#moveHead.run(number, headerHash, head);
  }

  /**
   * Moves the log into the file once it is long, which waits for the disk: SQLite does so in the midst of a commit, unless it is told that
   * somebody else will (sqlite.org/wal.html, section 3.3).
   */
  tidyUp(): void {
    if (this.#written === undefined) this.#database.exec('PRAGMA wal_autocheckpoint = 0');
    const { changes } = this.#changes.get() as { changes: number };
    const written = this.#written ?? { changes, commits: this.#commits };
    const isLong =
      changes - written.changes >= LONG_LOG.changes || this.#commits - written.commits >= LONG_LOG.commits;
    if (isLong) this.#moveLog();
    this.#written = isLong ? { changes, commits: this.#commits } : written;
  }

  /** As in the midst of a commit, nobody is told where it fails: all rows are in the log, and a full disk shows when more are written. */
  #moveLog(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // It is tried again when the log has become longer.
    }
  }

  markLinked(block: number): void {
    this.#markLinked.run(block);
  }
}
