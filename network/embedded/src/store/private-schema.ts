import type { DatabaseSync } from 'node:sqlite';

/** Raised when a table changes. What is in these tables stands nowhere else: another format has to be converted. */
export const PRIVATE_FORMAT = 1;

/**
 * Private data of all organisations. Every row belongs to one of them, by MSP id, and nobody else ever reads it. `namespace` is
 * that of the collection's hashes in the world state; keys are BLOBs, so that they sort as bytes do.
 */
const TABLES = `
  CREATE TABLE transient (
    tx_id TEXT NOT NULL, organization TEXT NOT NULL, namespace TEXT NOT NULL, hash BLOB NOT NULL,
    rwset BLOB NOT NULL, height INTEGER NOT NULL,
    PRIMARY KEY (tx_id, organization, namespace, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX transient_by_height ON transient (height);
  CREATE TABLE state (
    organization TEXT NOT NULL, namespace TEXT NOT NULL, key BLOB NOT NULL, key_hash TEXT NOT NULL,
    value BLOB NOT NULL, block INTEGER NOT NULL, tx INTEGER NOT NULL,
    PRIMARY KEY (organization, namespace, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX state_by_hash ON state (namespace, key_hash);
  CREATE TABLE writes (
    organization TEXT NOT NULL, block INTEGER NOT NULL, tx INTEGER NOT NULL, namespace TEXT NOT NULL,
    key BLOB NOT NULL, key_hash TEXT NOT NULL, value BLOB, only_metadata INTEGER NOT NULL, expires INTEGER,
    PRIMARY KEY (organization, block, tx, namespace, key, only_metadata)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX writes_by_hash ON writes (namespace, key_hash);
  CREATE INDEX writes_by_end ON writes (expires) WHERE expires IS NOT NULL;
  CREATE TABLE missing (
    organization TEXT NOT NULL, block INTEGER NOT NULL, tx INTEGER NOT NULL, namespace TEXT NOT NULL,
    PRIMARY KEY (organization, block, tx, namespace)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (block INTEGER NOT NULL) STRICT;
  INSERT INTO progress VALUES (-1);
`;

/** Opens the tables, making them in an empty file. Returns false for a file of another format. */
export function preparePrivateTables(database: DatabaseSync): boolean {
  // An endorsement may be answered only when its private data cannot be lost any more: every commit is forced to disk.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const format = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (format === 0) database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${PRIVATE_FORMAT}; COMMIT`);
  return format === 0 || format === PRIVATE_FORMAT;
}
