import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { Kysely } from 'kysely';

import type { OpenIndex } from '../open-index.js';
import { migrate } from '../migrate.js';
import { indexMigrations } from '../migrations/index.js';
import { isDamaged, openSqlite, sqliteDialect } from '../sqlite.js';
import type { IndexDatabase } from '../tables/index.js';
import { sqliteLayout } from './sqlite-layout.js';
import { SqliteWriter } from './sqlite-writer.js';

/** Opens an index's file, making or extending its tables. */
export function openSqliteIndex(path: string): Promise<OpenIndex> {
  return indexIn(openSqlite(path, { durable: false, exclusive: false }));
}

/** Makes a new index's file, which nobody reads before it is filled. */
export function newSqliteIndex(path: string): Promise<OpenIndex> {
  removeSqliteFile(path);
  return indexIn(openSqlite(path, { durable: false, exclusive: false, unfinished: true }));
}

async function indexIn(database: DatabaseSync): Promise<OpenIndex> {
  const rows = new Kysely<IndexDatabase>({ dialect: sqliteDialect(database) });
  await migrate(rows, indexMigrations, sqliteLayout);
  let writer: SqliteWriter | undefined;
  return {
    rows,
    get writer() {
      return (writer ??= new SqliteWriter(database));
    },
    close: () => rows.destroy(),
  };
}

/** The same while nobody else has the file open: a damaged one is removed, for the ledger fills a new one. */
export async function openOrRebuildSqliteIndex(path: string): Promise<OpenIndex> {
  try {
    return await openSqliteIndex(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    removeSqliteFile(path);
    return openSqliteIndex(path);
  }
}

/** Removes an SQLite file with what belongs to it. */
export function removeSqliteFile(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}
