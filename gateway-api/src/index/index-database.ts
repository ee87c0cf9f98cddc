import { isPostgres } from './index-place.js';
import type { IndexSnapshot } from './index-snapshot.js';
import type { OpenIndex } from './open-index.js';
import { openOwnPostgresIndex, openPostgresIndex } from './postgres/postgres-index.js';
import { postgresSnapshot } from './postgres/postgres-snapshot.js';
import { openOrRebuildSqliteIndex, openSqliteIndex } from './sqlite/sqlite-index.js';
import { sqliteSnapshot } from './sqlite/sqlite-snapshot.js';

/** Opens an index, making or extending its tables: in a file, or by the URL of a database of PostgreSQL. It can be rebuilt from the ledger. */
export function openIndex(place: string): Promise<OpenIndex> {
  return isPostgres(place) ? openPostgresIndex(place) : openSqliteIndex(place);
}

/**
 * The same for a gateway that is to have it to itself: a damaged file is removed, for the ledger fills a new one. Throws `INDEX_IN_USE`
 * while another gateway writes in the database.
 */
export function openOrRebuildIndex(place: string): Promise<OpenIndex> {
  return isPostgres(place) ? openOwnPostgresIndex(place) : openOrRebuildSqliteIndex(place);
}

/** An index as it stands now, read only; it has to be there. */
export async function openSnapshot(place: string): Promise<IndexSnapshot> {
  return isPostgres(place) ? postgresSnapshot(place) : sqliteSnapshot(place);
}
