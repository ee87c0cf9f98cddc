import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { utf8, type StateEntry, type StateReader, type StateUpdate, type Version } from '@passage/ledger';

import type { TransactionStatus } from '../network.js';
import type { BlockPlace } from './block-files.js';
import { blob, integer, text } from './columns.js';
import { ReadCache } from './read-cache.js';
import { prepareTables } from './state-schema.js';

/** Rows that a range reads at a time, so that nobody holds a cursor open while other things happen. */
const RANGE_PAGE = 100;

/** Longer values are read from disk each time; the bound keeps the memory of the others below some 16 MB. */
const MAX_CACHED_VALUE = 4096;

/** What the state keeps of one block. */
export interface AppliedBlock {
  readonly number: number;
  readonly place: BlockPlace;
  readonly headerHash: Uint8Array;
  /** Empty for block 0, which has none. */
  readonly commitHash: Uint8Array;
}

/** What follows from one block; all of it goes into one SQLite transaction. */
export interface BlockEffects extends AppliedBlock {
  /** Final writes of the block's valid transactions. */
  readonly updates: Iterable<StateUpdate>;
  /** Every key that a valid transaction wrote or deleted, also those written again later in the block. */
  readonly touched: Iterable<{ readonly namespace: string; readonly key: string; readonly tx: number }>;
  /** Ids that this block uses up, with what became of their transactions. */
  readonly transactions: Iterable<{ readonly id: string; readonly index: number; readonly code: number }>;
}

/**
 * World state, history index, transaction ids and block places in one SQLite file. It lags behind the block files at most;
 * it is never ahead of them.
 */
export class StateStore implements StateReader {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #entries = new ReadCache<StateEntry>(({ value }) => value.length <= MAX_CACHED_VALUE);
  readonly #transactions = new ReadCache<TransactionStatus>();

  constructor(path: string) {
    this.#database = openDatabase(path);
    this.#statements = prepareStatements(this.#database);
  }

  get(namespace: string, key: string): StateEntry | undefined {
    return this.#entries.get(idOf(namespace, key), () => {
      const row = this.#statements.getEntry.get(namespace, utf8(key));
      return row && entryOf(row);
    });
  }

  *range(namespace: string, start: string, end: string): Generator<readonly [string, StateEntry]> {
    const last = utf8(end);
    let from: Uint8Array = utf8(start);
    for (;;) {
      const rows = this.#statements.getRange.all(namespace, from, last.length, last, RANGE_PAGE);
      for (const row of rows) yield [text(row['key']), entryOf(row)] as const;
      const previous = rows[RANGE_PAGE - 1];
      if (previous === undefined) return;
      // The smallest key after a key is that key with a zero byte behind it.
      from = Buffer.concat([blob(previous['key']), Buffer.of(0)]);
    }
  }

  /** Positions of the valid writes of a key, newest first. */
  history(namespace: string, key: string): readonly Version[] {
    return this.#statements.getHistory
      .all(namespace, utf8(key))
      .map((row) => ({ block: integer(row['block']), tx: integer(row['tx']) }));
  }

  transaction(id: string): TransactionStatus | undefined {
    return this.#transactions.get(id, () => {
      const row = this.#statements.getTransaction.get(id);
      if (row === undefined) return undefined;
      return { blockNumber: integer(row['block']), index: integer(row['tx']), code: integer(row['code']) };
    });
  }

  block(number: number): AppliedBlock | undefined {
    const row = this.#statements.getBlock.get(number);
    return row && blockOf(row);
  }

  /** Number of the block whose header has this hash. */
  numberOf(headerHash: Uint8Array): number | undefined {
    const row = this.#statements.getNumber.get(headerHash);
    return row && integer(row['number']);
  }

  /** The newest block whose effects are in the state; undefined before block 0. */
  lastBlock(): AppliedBlock | undefined {
    const row = this.#statements.getLastBlock.get();
    return row && blockOf(row);
  }

  /** Applies one block, all of it or nothing. */
  apply(effects: BlockEffects): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#write(effects);
      this.#database.exec('COMMIT');
    } catch (error) {
      // A full disk rolls back by itself, and then there is nothing left to roll back.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #write({ number, place, headerHash, commitHash, updates, touched, transactions }: BlockEffects): void {
    const { putEntry, deleteEntry, putHistory, putTransaction, putBlock } = this.#statements;
    for (const { namespace, key, version, value, metadata } of updates) {
      this.#entries.forget(idOf(namespace, key));
      if (value === undefined) deleteEntry.run(namespace, utf8(key));
      else putEntry.run(namespace, utf8(key), value, version.block, version.tx, metadata ?? null);
    }
    for (const { namespace, key, tx } of touched) putHistory.run(namespace, utf8(key), number, tx);
    for (const { id, index, code } of transactions) {
      this.#transactions.forget(id);
      putTransaction.run(id, number, index, code);
    }
    putBlock.run(number, place.file, place.offset, place.length, headerHash, commitHash);
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  if (prepareTables(database)) return database;
  database.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  const fresh = new DatabaseSync(path);
  prepareTables(fresh);
  return fresh;
}

/** The length keeps apart what would be one text otherwise: names and keys may hold any character. */
function idOf(namespace: string, key: string): string {
  return `${namespace.length} ${namespace}${key}`;
}

type Statements = Readonly<Record<keyof typeof SQL, StatementSync>>;

const SQL = {
  getEntry: 'SELECT value, block, tx, metadata FROM state WHERE namespace = ? AND key = ?',
  getRange: `SELECT key, value, block, tx, metadata FROM state
             WHERE namespace = ? AND key >= ? AND (? = 0 OR key < ?) ORDER BY key LIMIT ?`,
  getHistory: 'SELECT block, tx FROM history WHERE namespace = ? AND key = ? ORDER BY block DESC, tx DESC',
  getTransaction: 'SELECT block, tx, code FROM transactions WHERE id = ?',
  getBlock: 'SELECT * FROM blocks WHERE number = ?',
  getNumber: 'SELECT number FROM blocks WHERE header_hash = ?',
  getLastBlock: 'SELECT * FROM blocks ORDER BY number DESC LIMIT 1',
  putEntry:
    'INSERT OR REPLACE INTO state (namespace, key, value, block, tx, metadata) VALUES (?, ?, ?, ?, ?, ?)',
  deleteEntry: 'DELETE FROM state WHERE namespace = ? AND key = ?',
  putHistory: 'INSERT OR IGNORE INTO history (namespace, key, block, tx) VALUES (?, ?, ?, ?)',
  putTransaction: 'INSERT OR IGNORE INTO transactions (id, block, tx, code) VALUES (?, ?, ?, ?)',
  putBlock:
    'INSERT INTO blocks (number, file, offset, length, header_hash, commit_hash) VALUES (?, ?, ?, ?, ?, ?)',
} as const;

function prepareStatements(database: DatabaseSync): Statements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(prepared) as Statements;
}

type Row = ReturnType<StatementSync['all']>[number];

function entryOf(row: Row): StateEntry {
  const { metadata } = row;
  return {
    value: blob(row['value']),
    version: { block: integer(row['block']), tx: integer(row['tx']) },
    ...(metadata !== null && { metadata: blob(metadata) }),
  };
}

function blockOf(row: Row): AppliedBlock {
  return {
    number: integer(row['number']),
    place: { file: integer(row['file']), offset: integer(row['offset']), length: integer(row['length']) },
    headerHash: blob(row['header_hash']),
    commitHash: blob(row['commit_hash']),
  };
}
