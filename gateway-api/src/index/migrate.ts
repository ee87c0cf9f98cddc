import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** One step forward of a database's layout; steps are only ever added. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Brings a database to the newest layout, each missing step in a transaction of its own. */
export async function migrate<T>(database: Kysely<T>, migrations: readonly Migration[]): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT`.execute(database);
  const done = await sql<{ name: string }>`SELECT name FROM migration`.execute(database);
  const known = new Set(done.rows.map((row) => row.name));
  for (const { name, statements } of migrations.filter((m) => !known.has(m.name))) {
    await database.transaction().execute(async (step) => {
      for (const statement of statements) await sql.raw(statement).execute(step);
      await sql`INSERT INTO migration (name) VALUES (${name})`.execute(step);
    });
  }
}
