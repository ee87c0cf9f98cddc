import { join } from 'node:path';

import { sql } from 'kysely';

import { openIndex } from '../index/index-database.js';
import { postgresLayout } from '../index/postgres/layout.js';
import { removeSqliteFile } from '../index/sqlite/sqlite-index.js';
import { TestDatabases } from './test-databases.js';

/**
 * Tests of the index run over SQLite, and over PostgreSQL where this holds the URL of a server on which databases may be made.
 * tools/test.mjs starts one for these tests alone, and says so: what they leave in that goes with it.
 */
const { PASSAGE_TEST_POSTGRES: server, PASSAGE_TEST_POSTGRES_OWN: own } = process.env;

const databases = server === undefined || server === '' ? undefined : new TestDatabases(server);

/** Whether the index of this run lies in PostgreSQL. */
export const isOverPostgres = databases !== undefined;

if (databases && own === undefined)
  after(async function () {
    this.timeout(600_000);
    await databases.removeAll();
  });

/** Where the index of a test's folder is, as `openIndex` takes it. */
export async function placeOfIndex(folder: string): Promise<string> {
  return databases ? databases.of(folder) : join(folder, 'index.sqlite');
}

/** Removes what the index of a folder holds, as somebody may who knows that it is rebuilt. */
export async function dropIndex(folder: string): Promise<void> {
  if (databases) await databases.remove(folder);
  else removeSqliteFile(join(folder, 'index.sqlite'));
}

/** Changes an index behind its gateway's back, in the words of SQLite. */
export async function editIndex(folder: string, ...statements: readonly string[]): Promise<void> {
  const index = await openIndex(await placeOfIndex(folder));
  try {
    for (const statement of statements)
      await sql.raw(databases ? postgresLayout.statement(statement) : statement).execute(index.rows);
  } finally {
    await index.close();
  }
}
