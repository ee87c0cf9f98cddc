import { join } from 'node:path';

import { sql } from 'kysely';

import { openIndex } from '../index/index-database.js';
import { removeSqliteFile } from '../index/sqlite/sqlite-index.js';

/** Where the index of a test's folder is, as `openIndex` takes it. */
export function placeOfIndex(folder: string): Promise<string> {
  return Promise.resolve(join(folder, 'index.sqlite'));
}

/** Removes what the index of a folder holds, as somebody may who knows that it is rebuilt. */
export async function dropIndex(folder: string): Promise<void> {
  removeSqliteFile(await placeOfIndex(folder));
}

/** Changes an index behind its gateway's back. */
export async function editIndex(folder: string, ...statements: readonly string[]): Promise<void> {
  const index = await openIndex(await placeOfIndex(folder));
  try {
    for (const statement of statements) await sql.raw(statement).execute(index.rows);
  } finally {
    await index.close();
  }
}
