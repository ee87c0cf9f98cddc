import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

import { gatewayError, messageOf } from '../../errors.js';
import { storedValue, textOf } from './texts.js';

/** Values as SQLite gives them: every number fits into a double, and bytes are a plain array of them. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.TEXT, textOf);
types.setTypeParser(pg.types.builtins.BYTEA, (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')));

/**
 * One writer has an index to itself: the lock is its connection's, which a kill -9 or a lost network ends. Says in `isMine` whether it
 * was free.
 */
export const TAKE_WRITERS_LOCK = `SELECT pg_try_advisory_lock(hashtext('passage index')) AS "isMine"`;

/** How every connection is made. All of an index lies in the schema `main`, as SQLite calls what lies in its file. */
export function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    types,
    options: '-c search_path=main -c jit=off',
    application_name: 'passage',
    connectionTimeoutMillis: 10_000,
  };
}

/** Connections for those who read. */
export function postgresPool(url: string): PostgresPool {
  const pool = new pg.Pool({ ...connectionTo(url), max: 8 });
  // A connection that is lost while nobody uses it is replaced by the next query.
  pool.on('error', () => undefined);
  return {
    options: pool.options,
    connect: async () => adapt(await pool.connect().catch(unavailable)),
    end: () => pool.end(),
  };
}

function adapt(client: pg.PoolClient): PostgresPoolClient {
  const query = (sql: string, values: readonly unknown[]) =>
    client.query(sql, values.map(storedValue)).catch(unavailable);
  return {
    // Kysely's second way to call it, with a cursor, is not used here.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => {
      client.release();
    },
  };
}

/** SQLSTATE classes of a server that is not there (08), has no room (53), or is being stopped (57P). */
const AWAY = /^(08|53|57P)/;

/** Throws an error of a database that cannot be reached as such; any other as it is. */
function unavailable(error: unknown): never {
  const { code } = error as { readonly code?: unknown };
  if (error instanceof pg.DatabaseError && !AWAY.test(String(code))) throw error;
  throw gatewayError('INDEX_UNAVAILABLE', `the index's database cannot be reached (${messageOf(error)})`, {
    retryable: true,
    status: 503,
    cause: error,
  });
}
