import { replacedTables } from '../index/past-rows.js';
import { primaryKeys, oneOfEach, writtenOnce } from '../index/rows.js';
import type { BlockRows, RowTable, TableRow } from '../index/rows.js';
import type { KeptRows } from './kept-rows.js';
import { columnsThatDiffer, keyText } from './row-difference.js';
import type { RecheckedRow, Row } from './row-difference.js';

/** What came of holding a transaction's rows against the index. */
export interface ComparedRows {
  readonly rows: number;
  readonly differences: readonly RecheckedRow[];
}

/** Nodes of the tree follow from all events before, not from one block; a block's own row is held against its header. */
const notOfOneTransaction: ReadonlySet<RowTable> = new Set(['block', 'tree_node'] as const);

/**
 * The tables in which rows are looked for that no block gives: those that answers are made of, each with an index over `block`.
 * The others only lead to rows of these.
 */
export const searched: ReadonlySet<RowTable> = new Set([
  ...replacedTables,
  'transaction',
  'statement',
  'event',
  'history',
] as const);

/** Holds what a block gives for one of its transactions against the index: every row that it gives, and rows that it does not give. */
export async function compareRows(
  derived: BlockRows,
  kept: KeptRows,
  block: number,
  position: number,
): Promise<ComparedRows> {
  let rows = 0;
  const differences: RecheckedRow[] = [];
  for (const table of Object.keys(primaryKeys) as RowTable[]) {
    if (notOfOneTransaction.has(table)) continue;
    const given = [...oneOfEach(table, derived[table] as unknown as readonly TableRow[])].filter(
      (row) => row['position'] === position,
    );
    for (const row of given) {
      rows += 1;
      differences.push(...(await compareRow(table, row, kept)));
    }
    if (!searched.has(table)) continue;
    const known = new Set(given.map((row) => keyText(row, primaryKeys[table])));
    for (const row of await kept.from(table, block, position)) {
      const key = keyText(row, primaryKeys[table]);
      if (!known.has(key)) differences.push({ table, kind: 'extra', key, columns: [] });
    }
  }
  return { rows, differences };
}

/** Holds the block's own row against its header; what was checked of it cannot be read from it. */
export async function compareBlockRow(derived: BlockRows, kept: KeptRows): Promise<readonly RecheckedRow[]> {
  const [row] = derived.block;
  if (row === undefined) return [];
  const found = await kept.like('block', { ...row });
  const key = keyText({ ...row }, primaryKeys.block);
  if (found === undefined) return [{ table: 'block', kind: 'missing', key, columns: [] }];
  const columns = columnsThatDiffer({ ...row, checks: found['checks'] }, found);
  return columns.length === 0 ? [] : [{ table: 'block', kind: 'altered', key, columns }];
}

async function compareRow(table: RowTable, row: Row, kept: KeptRows): Promise<readonly RecheckedRow[]> {
  const key = keyText(row, primaryKeys[table]);
  const found = await keptFor(table, row, kept);
  if (found === undefined) return [{ table, kind: 'missing', key, columns: [] }];
  if (writtenOnce.has(table) && comesBefore(found, row)) return [];
  const columns = columnsThatDiffer(row, found);
  return columns.length === 0 ? [] : [{ table, kind: 'altered', key, columns }];
}

/** The index's row: as it stands, or as it was until a later block replaced it. */
async function keptFor(table: RowTable, row: Row, kept: KeptRows): Promise<Row | undefined> {
  const found = await kept.like(table, row);
  const isReplaced = found !== undefined && replacedTables.includes(table) && comesBefore(row, found);
  return isReplaced ? kept.replaced(table, row, Number(row['block'])) : found;
}

/** Whether a row comes from an earlier transaction than another. */
function comesBefore(first: Row, second: Row): boolean {
  const [a, b] = [first, second].map(({ block, position }) => [Number(block), Number(position)] as const);
  if (a === undefined || b === undefined) return false;
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
