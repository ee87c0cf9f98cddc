import pg from 'pg';

import type { IndexSnapshot, StoredRow } from '../index-snapshot.js';
import { STATE } from './long-keys.js';
import { connectionTo } from './pool.js';

const BATCH = 500;

/** Reads an index in PostgreSQL as it stands now. Throws where it cannot be read. */
export async function postgresSnapshot(url: string): Promise<IndexSnapshot> {
  const client = new pg.Client(connectionTo(url));
  // A connection that is lost fails the query that waits for it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The first look settles which moment it is.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SELECT number FROM head');
  } catch (error) {
    await client.end();
    throw error;
  }
  let cursors = 0;
  return {
    rows: (table, order) => rowsOf(client, `rows_${String((cursors += 1))}`, table, order),
    close: () => client.end(),
  };
}

async function* rowsOf(
  client: pg.Client,
  cursor: string,
  table: string,
  order: readonly string[],
): AsyncGenerator<readonly StoredRow[]> {
  const columns = order.map((column) => `"${column}" NULLS FIRST`).join(', ');
  const source = table === 'state' ? STATE : `"${table}"`;
  await client.query(`DECLARE ${cursor} CURSOR FOR SELECT * FROM ${source} ORDER BY ${columns}`);
  try {
    for (;;) {
      const { rows } = await client.query<StoredRow>(`FETCH ${String(BATCH)} FROM ${cursor}`);
      if (rows.length > 0) yield rows;
      if (rows.length < BATCH) return;
    }
  } finally {
    await client.query(`CLOSE ${cursor}`);
  }
}
