import type { IndexSnapshot } from './index-snapshot.js';
import type { OpenIndex } from './open-index.js';
import { openOrRebuildSqliteIndex, openSqliteIndex } from './sqlite/sqlite-index.js';
import { sqliteSnapshot } from './sqlite/sqlite-snapshot.js';

/** Opens an index, making or extending its tables. Removing it is safe: it is rebuilt from the ledger. */
export function openIndex(place: string): Promise<OpenIndex> {
  return openSqliteIndex(place);
}

/** The same while nobody else has it open: a damaged file is removed, for the ledger fills a new one. */
export function openOrRebuildIndex(place: string): Promise<OpenIndex> {
  return openOrRebuildSqliteIndex(place);
}

/** An index as it stands now, read only; it has to be there. */
export function openSnapshot(place: string): Promise<IndexSnapshot> {
  return Promise.resolve(sqliteSnapshot(place));
}
