import type { RowTable } from '../index/rows.js';

/** A row as columns and values, whatever table it is of. */
export type Row = Readonly<Record<string, unknown>>;

/** A row of the index that is not what the block gives. */
export interface RecheckedRow {
  readonly table: RowTable;
  /** `altered`: both have it; `missing`: only the block gives it; `extra`: only the index has it. */
  readonly kind: 'altered' | 'missing' | 'extra';
  /** The columns of its key, JSON. */
  readonly key: string;
  /** The columns that differ, of an altered row. */
  readonly columns: readonly string[];
}

/** The values of a row's key as one text: rows of a table with the same one are the same row. */
export function keyText(row: Row, key: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(key.map((column) => [column, row[column] ?? null])));
}

/** The columns of the block's row in which the index's differs. */
export function columnsThatDiffer(derived: Row, kept: Row): readonly string[] {
  const columns = new Set([...Object.keys(derived), ...Object.keys(kept)]);
  return [...columns].filter((column) => !isSame(derived[column], kept[column]));
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return (a ?? null) === (b ?? null);
}
