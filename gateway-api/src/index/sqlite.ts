import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

import { SqliteDialect } from 'kysely';

/**
 * Opens an SQLite file in WAL mode. `durable` makes every commit reach the disk (synchronous=FULL), as the outbox
 * needs; an index can be rebuilt and takes the faster setting, which a crash cannot corrupt either.
 */
export function openSqlite(path: string, durable: boolean): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'};`);
  return database;
}

/** Kysely over Node's own SQLite: gives it the few calls of better-sqlite3 that Kysely uses, and caches statements. */
export function sqliteDialect(database: DatabaseSync): SqliteDialect {
  const prepared = new Map<string, ReturnType<typeof adapt>>();
  return new SqliteDialect({
    database: {
      close: () => {
        database.close();
      },
      prepare: (sql) => {
        const known = prepared.get(sql);
        if (known) return known;
        const made = adapt(database.prepare(sql));
        if (prepared.size < 500) prepared.set(sql, made);
        return made;
      },
    },
  });
}

function adapt(statement: StatementSync) {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]): unknown[] => statement.all(...values(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
    iterate: (parameters: readonly unknown[]): IterableIterator<unknown> =>
      statement.iterate(...values(parameters)),
  };
}
