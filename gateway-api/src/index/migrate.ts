import { sql } from 'kysely';
import type { Kysely, RawBuilder, Transaction } from 'kysely';

/** What a step does: a statement, in the words of SQLite; or that a table's past is kept from here on (past-rows.ts). */
export type Statement = string | { readonly past: string; readonly key: string };

/** One step forward of a database's layout; steps are only ever added. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** Empties every table first: of a database that is filled again from elsewhere, as the index is from the ledger. */
  readonly refill?: true;
}

/** What the steps are in the words of one kind of database. */
export interface Layout {
  /** Carried out once, before the first step. */
  readonly prepare: readonly string[];
  /** Keeps whoever else opens the database from taking the same step. */
  readonly lock?: RawBuilder<unknown>;
  statement(statement: string): string;
  /** The statements that make a table's past; `key` has the columns of its primary key. */
  past(table: string, key: string): readonly string[];
  /** The names of all tables but `migration`. */
  readonly tables: RawBuilder<{ readonly name: string }>;
}

/** Brings a database to the newest layout, each missing step in a transaction of its own. */
export async function migrate<T>(
  database: Kysely<T>,
  migrations: readonly Migration[],
  layout: Layout,
): Promise<void> {
  await inStep(database, layout, async (step) => {
    for (const statement of layout.prepare) await sql.raw(statement).execute(step);
  });
  const done = await sql<{ name: string }>`SELECT name FROM migration`.execute(database);
  const known = new Set(done.rows.map((row) => row.name));
  for (const migration of migrations.filter(({ name }) => !known.has(name)))
    await inStep(database, layout, (step) => take(step, migration, layout));
}

function inStep<T>(
  database: Kysely<T>,
  { lock }: Layout,
  work: (step: Transaction<T>) => Promise<void>,
): Promise<void> {
  return database.transaction().execute(async (step) => {
    await lock?.execute(step);
    await work(step);
  });
}

async function take<T>(
  step: Transaction<T>,
  { name, statements, refill }: Migration,
  layout: Layout,
): Promise<void> {
  const { rows: taken } = await sql`SELECT name FROM migration WHERE name = ${name}`.execute(step);
  if (taken.length > 0) return;
  if (refill) await empty(step, layout);
  for (const statement of statements.flatMap((each) => inWordsOf(layout, each)))
    await sql.raw(statement).execute(step);
  await sql`INSERT INTO migration (name) VALUES (${name})`.execute(step);
}

function inWordsOf(layout: Layout, statement: Statement): string | readonly string[] {
  return typeof statement === 'string'
    ? layout.statement(statement)
    : layout.past(statement.past, statement.key);
}

async function empty<T>(step: Transaction<T>, { tables }: Layout): Promise<void> {
  for (const { name } of (await tables.execute(step)).rows)
    await sql`DELETE FROM ${sql.table(name)}`.execute(step);
}
