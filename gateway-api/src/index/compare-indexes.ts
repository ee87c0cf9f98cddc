import { contentTables } from './index-digest.js';
import { eachRow } from './index-snapshot.js';
import type { IndexSnapshot, StoredRow as Row } from './index-snapshot.js';

/** The first row of a table in which an index differs from the one that was rebuilt from the ledger. */
export interface RowDifference {
  readonly table: string;
  /** `altered`: both have the row; `missing`: only the ledger gives it; `extra`: only the index has it. */
  readonly kind: 'altered' | 'missing' | 'extra';
  /** The columns of the row's key; bytes as text, for they are keys of the world state. */
  readonly key: Row;
  /** The block that the row comes from, where it says one. */
  readonly block?: number;
  /** The columns that differ, of an altered row. */
  readonly columns: readonly string[];
}

/** What a comparison looked at, and the first difference of each table. */
export interface IndexComparison {
  readonly tables: number;
  readonly rows: number;
  readonly differences: readonly RowDifference[];
}

/** Columns that are not looked at, by their table. */
export type Columns = Readonly<Record<string, readonly string[]>>;

/** Holds every row of an index against the rebuilt one, both read in the order of their keys; writes nothing. */
export async function compareIndexes(
  found: IndexSnapshot,
  rebuilt: IndexSnapshot,
  except: Columns = {},
): Promise<IndexComparison> {
  const tables = Object.entries(contentTables());
  const compared: TableComparison[] = [];
  for (const [table, key] of tables) {
    const without = (snapshot: IndexSnapshot): IndexSnapshot => withoutColumns(snapshot, except[table] ?? []);
    compared.push(await compareTable(table, key, without(found), without(rebuilt)));
  }
  return {
    tables: tables.length,
    rows: compared.reduce((sum, { rows }) => sum + rows, 0),
    differences: compared.flatMap(({ difference }) => difference ?? []),
  };
}

function withoutColumns(snapshot: IndexSnapshot, columns: readonly string[]): IndexSnapshot {
  if (columns.length === 0) return snapshot;
  const rest = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
  return {
    ...snapshot,
    async *rows(table, order) {
      for await (const batch of snapshot.rows(table, order)) yield batch.map(rest);
    },
  };
}

interface TableComparison {
  readonly rows: number;
  readonly difference?: RowDifference;
}

async function compareTable(
  table: string,
  key: readonly string[],
  found: IndexSnapshot,
  rebuilt: IndexSnapshot,
): Promise<TableComparison> {
  const ours = eachRow(found, table, key);
  const theirs = eachRow(rebuilt, table, key);
  try {
    for (let rows = 0; ; rows++) {
      const [left, right] = [await next(ours), await next(theirs)];
      if (left === undefined && right === undefined) return { rows };
      const kind = kindOf(left, right, key);
      if (kind !== undefined) return { rows, difference: differenceOf(table, key, kind, left, right) };
    }
  } finally {
    await ours.return(undefined);
    await theirs.return(undefined);
  }
}

async function next(rows: AsyncGenerator<Row, void>): Promise<Row | undefined> {
  return (await rows.next()).value ?? undefined;
}

function kindOf(
  ours: Row | undefined,
  theirs: Row | undefined,
  key: readonly string[],
): RowDifference['kind'] | undefined {
  if (ours === undefined) return 'missing';
  if (theirs === undefined) return 'extra';
  const order = compareKeys(ours, theirs, key);
  if (order !== 0) return order < 0 ? 'extra' : 'missing';
  return columnsThatDiffer(ours, theirs).length > 0 ? 'altered' : undefined;
}

function differenceOf(
  table: string,
  key: readonly string[],
  kind: RowDifference['kind'],
  ours: Row | undefined,
  theirs: Row | undefined,
): RowDifference {
  const row = (kind === 'missing' ? theirs : ours) ?? {};
  const block = row['block'] ?? (table === 'block' || table === 'head' ? row['number'] : undefined);
  return {
    table,
    kind,
    key: Object.fromEntries(key.map((column) => [column, shown(row[column])])),
    ...(typeof block === 'number' && { block }),
    columns: kind === 'altered' && ours && theirs ? columnsThatDiffer(ours, theirs) : [],
  };
}

function columnsThatDiffer(ours: Row, theirs: Row): readonly string[] {
  const columns = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...columns].filter((column) => compareValues(ours[column], theirs[column]) !== 0);
}

function compareKeys(ours: Row, theirs: Row, key: readonly string[]): number {
  for (const column of key) {
    const order = compareValues(ours[column], theirs[column]);
    if (order !== 0) return order;
  }
  return 0;
}

/** As SQLite orders: null, numbers, texts by their UTF-8 bytes, bytes (sqlite.org/datatype3.html, section 4.1). */
function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [rankOf(a), rankOf(b)];
  return left === right ? Buffer.compare(bytesOf(a), bytesOf(b)) : left - right;
}

function rankOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number') return 1;
  return typeof value === 'string' ? 2 : 3;
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? Buffer.from(value) : new Uint8Array();
}

function shown(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
}
