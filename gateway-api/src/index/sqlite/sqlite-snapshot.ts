import { DatabaseSync } from 'node:sqlite';

import type { IndexSnapshot, StoredRow } from '../index-snapshot.js';

const BATCH = 500;

/** Reads an index's file as it stands now. Throws SQLite's error where it cannot be read. */
export function sqliteSnapshot(path: string): IndexSnapshot {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    // The first look settles which moment it is.
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM head').get();
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    rows: (table, order) => rowsOf(database, table, order),
    close() {
      database.close();
      return Promise.resolve();
    },
  };
}

async function* rowsOf(
  database: DatabaseSync,
  table: string,
  order: readonly string[],
): AsyncGenerator<readonly StoredRow[]> {
  const columns = order.map((column) => `"${column}"`).join(', ');
  let batch: StoredRow[] = [];
  for (const row of database.prepare(`SELECT * FROM "${table}" ORDER BY ${columns}`).iterate()) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield await Promise.resolve(batch);
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
