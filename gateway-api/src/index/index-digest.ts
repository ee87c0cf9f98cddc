import { createHash } from 'node:crypto';

import { openSnapshot } from './index-database.js';
import { eachRow } from './index-snapshot.js';
import type { IndexSnapshot } from './index-snapshot.js';
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
export async function indexDigest(place: string): Promise<IndexDigest> {
  const snapshot = await openSnapshot(place);
  try {
    let blocks = 0;
    for await (const batch of snapshot.rows('block', ['number'])) blocks += batch.length;
    return { blocks, tables: await tableDigests(snapshot) };
  } finally {
    await snapshot.close();
  }
}

/** SHA-256 over every row of every table, by table. */
export async function tableDigests(snapshot: IndexSnapshot): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const [table, key] of Object.entries(contentTables()))
    digests[table] = await digestOf(snapshot, table, key);
  return digests;
}

async function digestOf(snapshot: IndexSnapshot, table: string, key: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for await (const row of eachRow(snapshot, table, key)) {
    hash.update(JSON.stringify(Object.values(row), (_, value: unknown) => hexOfBytes(value)));
  }
  return hash.digest('hex');
}

function hexOfBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
