import { sql } from 'kysely';

import type { Layout } from '../migrate.js';
import { pastOf } from '../past-rows.js';

/** How the steps of the index's layout, which are written for SQLite, are carried out by PostgreSQL. */
export const postgresLayout: Layout = {
  prepare: [
    'CREATE SCHEMA IF NOT EXISTS main',
    'CREATE TABLE IF NOT EXISTS main.migration (name text PRIMARY KEY)',
  ],
  // Two who open a new database at once make its tables once.
  lock: sql`SELECT pg_advisory_xact_lock(hashtext('passage layout'))`,
  statement: (statement) =>
    statement
      .replace(/\bINTEGER\b/g, 'bigint')
      .replace(/\bBLOB\b/g, 'bytea')
      .replace(/ STRICT(, WITHOUT ROWID)?$/, '')
      // Whoever may write to the channel chooses what is looked up here, and a row of a B-tree has a third of a page at most.
      .replace('ON "transaction" (transaction_id)', 'ON "transaction" USING hash (transaction_id)'),
  past: (table, key) => [
    `CREATE TABLE ${pastOf(table)} (LIKE ${table})`,
    `CREATE UNIQUE INDEX ${pastOf(table)}_key ON ${pastOf(table)} (${key}, block)`,
    `CREATE TRIGGER ${table}_replaced BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (OLD.block < NEW.block)
       EXECUTE FUNCTION main.keep_past()`,
  ],
  tables: sql<{
    name: string;
  }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'main' AND tablename <> 'migration'`,
};
