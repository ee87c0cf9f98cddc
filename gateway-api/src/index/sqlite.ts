import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { compileFunction } from 'node:vm';

import { SqliteDialect, SqliteQueryCompiler } from 'kysely';
import type { LimitNode, ValueNode } from 'kysely';

/** How a database file is opened. */
export interface SqliteMode {
  /** Every commit reaches the disk (synchronous=FULL). An index can be rebuilt and need not wait for it. */
  readonly durable: boolean;
  /** The file is locked for as long as it is open, against everyone; a kill -9 frees it. */
  readonly exclusive: boolean;
  /**
   * The file is of no use before it is whole, and is thrown away if it never is: its journal stays in memory, and nothing waits for the disk.
   * A process that ends in the midst of a transaction leaves it unusable; whoever keeps it sees to it that the disk has it.
   */
  readonly unfinished?: true;
}

/** With 64 MiB of its pages in memory. No journal at all (`OFF`) is refused by Node, which keeps SQLite from whatever may damage files. */
const UNFINISHED =
  'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;';

/** Opens an SQLite file, in WAL mode unless it is unfinished. Throws SQLite's error, `database is locked` where another holds it exclusively. */
export function openSqlite(path: string, { durable, exclusive, unfinished }: SqliteMode): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { timeout: exclusive ? 500 : 5_000 });
  try {
    if (exclusive) database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec(
      unfinished
        ? UNFINISHED
        : `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'};`,
    );
    if (exclusive) database.exec('BEGIN EXCLUSIVE; COMMIT;');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html). */
const DAMAGED: readonly (number | undefined)[] = [11, 26];

/** Whether an error of SQLite says that the file is damaged, or no database at all. */
export function isDamaged(error: unknown): boolean {
  return error instanceof Error && DAMAGED.includes((error as Error & { errcode?: number }).errcode);
}

/**
 * Writes limits into the SQL. SQLite plans by the value of a limit: one that is bound makes it plan the query anew each time, which
 * costs twenty times what reading a row does. Limits are the gateway's own or checked (a page's size), so that there are few.
 */
class LiteralLimits extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    this.append('limit ');
    if (isValue(limit) && Number.isSafeInteger(limit.value)) this.append(String(limit.value));
    else this.visitNode(limit);
  }
}

function isValue(node: LimitNode['limit']): node is ValueNode {
  return node.kind === 'ValueNode';
}

class NodeSqliteDialect extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new LiteralLimits();
  }
}

/** Kysely over Node's own SQLite: gives it the few calls of better-sqlite3 that Kysely uses, and caches statements. */
export function sqliteDialect(database: DatabaseSync): SqliteDialect {
  const prepared = new Map<string, ReturnType<typeof adapt>>();
  return new NodeSqliteDialect({
    database: {
      close: () => {
        database.close();
      },
      prepare: (sql) => {
        const known = prepared.get(sql);
        if (known) return known;
        const made = sql === 'rollback' ? rollback(database) : adapt(database.prepare(sql));
        if (prepared.size < 500) prepared.set(sql, made);
        return made;
      },
    },
  });
}

/**
 * After some errors, a full disk among them, SQLite has rolled back by itself (sqlite.org/lang_transaction.html, "Response To
 * Errors Within A Transaction"). Rolling back again would be an error that hides the first.
 */
function rollback(database: DatabaseSync): ReturnType<typeof adapt> {
  const statement = adapt(database.prepare('rollback'));
  const nothing = { changes: 0, lastInsertRowid: 0 };
  return { ...statement, run: (values) => (database.isTransaction ? statement.run(values) : nothing) };
}

function adapt(statement: StatementSync) {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  const rowOf = rowsOf(statement.columns().map(({ name }) => name));
  const isReader = statement.columns().length > 0;
  // Node's own row objects cost twice as much to make, and ten times as much to copy.
  if (isReader) statement.setReturnArrays(true);
  return {
    reader: isReader,
    all: (parameters: readonly unknown[]): unknown[] =>
      statement.all(...values(parameters)).map((row) => rowOf(row as unknown as readonly unknown[])),
    run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
    *iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
      for (const row of statement.iterate(...values(parameters)))
        yield rowOf(row as unknown as readonly unknown[]);
    },
  };
}

/**
 * How a statement's rows are made of their values. The function is compiled for its columns, as the text of an object with all of them:
 * storing columns one by one, under names that the engine does not know, takes thirty times as long, which is half of what a page costs.
 */
function rowsOf(columns: readonly string[]): RowMaker {
  const members = columns.map((column, place) => `[${JSON.stringify(column)}]: values[${String(place)}]`);
  const text = `return { ${members.join(', ')} };`;
  const made = makers.get(text) ?? (compileFunction(text, ['values']) as RowMaker);
  makers.set(text, made);
  return made;
}

type RowMaker = (values: readonly unknown[]) => Record<string, unknown>;

/** As many as there are selections of columns in the sources. */
const makers = new Map<string, RowMaker>();
