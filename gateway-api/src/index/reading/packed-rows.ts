import { compileFunction } from 'node:vm';

import { rowTables } from '../rows.js';
import type { BlockRows, RowTable, TableRow } from '../rows.js';

/** What a column of a row that was read in another thread has. */
export type Value = string | number | null;

/** The columns of every table, in their order. */
export type TableColumns = Readonly<Record<RowTable, readonly string[]>>;

/**
 * Rows as they travel between threads: the values of each table, one row behind the other, in the order of its columns. Block and
 * transaction id are left out, because they follow from the row's position; `leaf` counts from the block's first event.
 */
export type PackedRows = { readonly [Table in RowTable]?: readonly Value[] };

/** Adds a row's values, in the order of some columns, to others. */
export type Picker = (row: TableRow, values: unknown[]) => void;

/** The columns whose values follow from where a row stands. */
const OF_PLACE: ReadonlySet<string> = new Set(['block', 'transaction_id']);

/** Compiled for the columns, for the reason that sqlite.ts gives for rows that are read. */
export function pickerOf(columns: readonly string[]): Picker {
  const members = columns.map((column) => `row[${JSON.stringify(column)}] ?? null`);
  return compileFunction(`values.push(${members.join(', ')});`, ['row', 'values']) as Picker;
}

/** The columns that packed rows of a table have. */
export function packedColumns(columns: readonly string[]): readonly string[] {
  return columns.filter((column) => !OF_PLACE.has(column));
}

/** Packs the rows of a block, save those of `block`, of the tree and of sight, which others have to complete. */
export function rowPacker(columns: TableColumns): (rows: BlockRows) => PackedRows {
  const pickers = new Map(
    rowTables
      .filter((table) => !completedLater.has(table))
      .map((table) => [table, pickerOf(packedColumns(columns[table]))]),
  );
  return (rows) => {
    const packed: { [Table in RowTable]?: readonly Value[] } = {};
    for (const [table, pick] of pickers) {
      const some = rows[table] as unknown as readonly TableRow[];
      if (some.length === 0) continue;
      const values: Value[] = [];
      for (const row of some) pick(row, values);
      packed[table] = values;
    }
    return packed;
  };
}

const completedLater: ReadonlySet<RowTable> = new Set(['block', 'tree_node', 'sight'] as const);

/** Where packed rows stand. */
export interface PackedPlace {
  readonly block: number;
  /** By position. */
  readonly transactionIds: readonly string[];
  /** The leaf of the block's first event. */
  readonly leaf: number;
}

/** Adds the values of packed rows, in the order of the columns and with those that were left out, to others. */
export type Unpack = (packed: readonly Value[], values: unknown[], place: PackedPlace) => void;

/** The way back, for a table of these columns. */
export function unpackerOf(columns: readonly string[]): Unpack {
  const packed = packedColumns(columns);
  const at = (column: string): string => `packed[at + ${String(packed.indexOf(column))}]`;
  const valueOf = (column: string): string => {
    if (column === 'block') return 'block';
    if (column === 'transaction_id') return `transactionIds[${at('position')}]`;
    return column === 'leaf' ? `${at(column)} + leaf` : at(column);
  };
  const text = `const { block, transactionIds, leaf } = place;
    for (let at = 0; at < packed.length; at += ${String(packed.length)}) values.push(${columns.map(valueOf).join(', ')});`;
  return compileFunction(text, ['packed', 'values', 'place']) as Unpack;
}
