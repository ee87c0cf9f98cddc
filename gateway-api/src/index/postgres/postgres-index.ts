import { Kysely, PostgresDialect, sql } from 'kysely';

import { gatewayError } from '../../errors.js';
import { migrate } from '../migrate.js';
import { indexMigrations } from '../migrations/index.js';
import type { OpenIndex } from '../open-index.js';
import type { IndexDatabase } from '../tables/index.js';
import { postgresFunctions, postgresTextsInOne } from './functions.js';
import { TAKE_WRITERS_LOCK, postgresPool } from './pool.js';
import { postgresLayout } from './layout.js';
import { longKeys } from './long-keys.js';
import { PostgresWriter } from './postgres-writer.js';

/** Opens the index in a database, making or extending its tables. Throws `INDEX_UNAVAILABLE`, `CONFIG_INVALID`. */
export async function openPostgresIndex(url: string): Promise<OpenIndex> {
  const rows = new Kysely<IndexDatabase>({ dialect: new PostgresDialect({ pool: postgresPool(url) }) });
  try {
    await checkDatabase(rows);
    const migrations = [postgresFunctions, ...indexMigrations, postgresTextsInOne, longKeys];
    await migrate(rows, migrations, postgresLayout);
  } catch (error) {
    await rows.destroy();
    throw error;
  }
  let writer: PostgresWriter | undefined;
  return {
    rows,
    get writer() {
      return (writer ??= new PostgresWriter(url));
    },
    async close() {
      writer?.close();
      await rows.destroy();
    },
  };
}

/** As `openPostgresIndex`, for the gateway that is to write it: throws `INDEX_IN_USE` while another one does. */
export async function openOwnPostgresIndex(url: string): Promise<OpenIndex> {
  const index = await openPostgresIndex(url);
  try {
    await index.rows.connection().execute(async (one) => {
      const { rows } = await sql<{ readonly isMine: boolean }>`${sql.raw(TAKE_WRITERS_LOCK)}`.execute(one);
      if (rows[0]?.isMine !== true)
        throw gatewayError('INDEX_IN_USE', 'another gateway writes the index in this database');
      await sql`SELECT pg_advisory_unlock_all()`.execute(one);
    });
    return index;
  } catch (error) {
    await index.close();
    throw error;
  }
}

/** An index needs texts in the order of their bytes, as SQLite has them, and every text of Unicode. */
async function checkDatabase(rows: Kysely<IndexDatabase>): Promise<void> {
  const { rows: found } = await sql<{ readonly encoding: string; readonly isByBytes: boolean }>`
    SELECT current_setting('server_encoding') AS encoding, 'B' < 'a' AS "isByBytes"`.execute(rows);
  const [is] = found;
  if (is?.encoding === 'UTF8' && is.isByBytes) return;
  throw gatewayError('CONFIG_INVALID', "the index's database sorts texts by a language, or is not in UTF-8", {
    next: 'Make one with: createdb --template=template0 --encoding=UTF8 --locale=C NAME.',
  });
}
