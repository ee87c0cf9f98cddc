import type { DatabaseSync } from 'node:sqlite';

import { isSqliteError, SQLITE_CORRUPT, SQLITE_NOTADB } from './sqlite-error.js';

/** Raised when a table changes; an older state file is dropped and built again from the blocks. */
export const STATE_FORMAT = 2;

/**
 * Everything here follows from the block files and can be built again from them. Keys are BLOBs, because SQLite compares
 * BLOBs byte by byte, which is Fabric's order, and text by its own rules.
 */
const TABLES = `
  CREATE TABLE state (
    namespace TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
    block INTEGER NOT NULL, tx INTEGER NOT NULL, metadata BLOB,
    PRIMARY KEY (namespace, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE history (
    namespace TEXT NOT NULL, key BLOB NOT NULL, block INTEGER NOT NULL, tx INTEGER NOT NULL,
    PRIMARY KEY (namespace, key, block, tx)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE transactions (
    id TEXT PRIMARY KEY, block INTEGER NOT NULL, tx INTEGER NOT NULL, code INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE blocks (
    number INTEGER PRIMARY KEY, file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    header_hash BLOB NOT NULL, commit_hash BLOB NOT NULL
  ) STRICT;
  CREATE INDEX blocks_by_hash ON blocks (header_hash);
`;

/** Opens the tables, making them in an empty file. Returns false for a file of another format, or one that is none. */
export function prepareTables(database: DatabaseSync): boolean {
  try {
    // The block file is forced to disk before the state follows it, so the state may lag after a power cut: NORMAL is enough.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const format = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (format === STATE_FORMAT) return true;
    const tables = database.prepare('SELECT count(*) AS n FROM sqlite_master').get()?.['n'];
    if (tables !== 0) return false;
    database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${STATE_FORMAT}; COMMIT`);
    return true;
  } catch (error) {
    if (isSqliteError(error, SQLITE_NOTADB) || isSqliteError(error, SQLITE_CORRUPT)) return false;
    throw error;
  }
}
