import { sql } from 'kysely';

import type { Layout } from '../migrate.js';
import { pastOf } from '../past-rows.js';

/** How the steps of a layout are carried out by SQLite, in whose words they are written. */
export const sqliteLayout: Layout = {
  prepare: ['CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT'],
  statement: (statement) => statement,
  past: (table, key) => [
    `CREATE TABLE ${pastOf(table)} AS SELECT * FROM ${table} WHERE 0`,
    `CREATE UNIQUE INDEX ${pastOf(table)}_key ON ${pastOf(table)} (${key}, block)`,
    `CREATE TRIGGER ${table}_replaced BEFORE UPDATE ON ${table} WHEN OLD.block < NEW.block
       BEGIN INSERT INTO ${pastOf(table)} SELECT * FROM ${table} WHERE rowid = OLD.rowid; END`,
  ],
  tables: sql<{ name: string }>`SELECT name FROM sqlite_schema WHERE type = 'table'
    AND name <> 'migration' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
};
