import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';

/** One step forward of a database's layout; steps are only ever added. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
  /** Empties every table first: of a database that is filled again from elsewhere, as the index is from the ledger. */
  readonly refill?: true;
}

/** Brings a database to the newest layout, each missing step in a transaction of its own. */
export async function migrate<T>(database: Kysely<T>, migrations: readonly Migration[]): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT`.execute(database);
  const done = await sql<{ name: string }>`SELECT name FROM migration`.execute(database);
  const known = new Set(done.rows.map((row) => row.name));
  for (const { name, statements, refill } of migrations.filter((m) => !known.has(m.name))) {
    await database.transaction().execute(async (step) => {
      if (refill) await empty(step);
      for (const statement of statements) await sql.raw(statement).execute(step);
      await sql`INSERT INTO migration (name) VALUES (${name})`.execute(step);
    });
  }
}

async function empty<T>(step: Transaction<T>): Promise<void> {
  const tables = await sql<{ name: string }>`SELECT name FROM sqlite_schema WHERE type = 'table'
    AND name <> 'migration' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`.execute(step);
  for (const { name } of tables.rows) await sql`DELETE FROM ${sql.table(name)}`.execute(step);
}
