import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { Kysely } from 'kysely';

import { indexMigrations } from './migrations/index.js';
import { migrate } from './migrate.js';
import { isDamaged, openSqlite, sqliteDialect } from './sqlite.js';
import type { IndexDatabase } from './tables/index.js';

/** The index's file, for one who writes or for those who read. */
export interface OpenIndex {
  /** For rows, typed. */
  readonly rows: Kysely<IndexDatabase>;
  /** The same connection, for the world state, which the rules read synchronously. */
  readonly raw: DatabaseSync;
  close(): Promise<void>;
}

/** Opens `index.sqlite`, making or extending its tables. Deleting the file is safe: it is rebuilt from the ledger. */
export async function openIndex(path: string): Promise<OpenIndex> {
  const raw = openSqlite(path, { durable: false, exclusive: false });
  const rows = new Kysely<IndexDatabase>({ dialect: sqliteDialect(raw) });
  await migrate(rows, indexMigrations);
  return { rows, raw, close: () => rows.destroy() };
}

/** The same while nobody else has the file open: a damaged one is removed, for the ledger fills a new one. */
export async function openOrRebuildIndex(path: string): Promise<OpenIndex> {
  try {
    return await openIndex(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    return openIndex(path);
  }
}
