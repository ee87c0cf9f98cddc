import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

import { pastOf, replacedTables } from './past-rows.js';
import { primaryKeys } from './rows.js';

/** SHA-256 over every row of every table, by table; and how many blocks they come from. */
export interface IndexDigest {
  readonly blocks: number;
  readonly tables: Readonly<Record<string, string>>;
}

/** Every table of an index's content, with the columns that order its rows; all but what SQLite and the layout are. */
export function contentTables(): Readonly<Record<string, readonly string[]>> {
  const past = replacedTables.map((table) => [pastOf(table), [...primaryKeys[table], 'block']] as const);
  return { ...primaryKeys, ...Object.fromEntries(past), state: ['namespace', 'key'], head: ['id'] };
}

/**
 * A digest of an index's content, the world state included: two indexes of the same ledger have the same, row for row,
 * however they came to be. Reads only.
 */
export function indexDigest(path: string): IndexDigest {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const { blocks } = database.prepare('SELECT count(*) AS blocks FROM block').get() as { blocks: number };
    return { blocks, tables: tableDigests(database) };
  } finally {
    database.close();
  }
}

/** SHA-256 over every row of every table, by table. */
export function tableDigests(database: DatabaseSync): Readonly<Record<string, string>> {
  const tables = Object.entries(contentTables()).map(([table, key]) => [
    table,
    digestOf(database, table, key),
  ]);
  return Object.fromEntries(tables) as Record<string, string>;
}

function digestOf(database: DatabaseSync, table: string, key: readonly string[]): string {
  const hash = createHash('sha256');
  const order = key.map((column) => `"${column}"`).join(', ');
  for (const row of database.prepare(`SELECT * FROM "${table}" ORDER BY ${order}`).iterate()) {
    hash.update(JSON.stringify(Object.values(row), (_, value: unknown) => hexOfBytes(value)));
  }
  return hash.digest('hex');
}

function hexOfBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
