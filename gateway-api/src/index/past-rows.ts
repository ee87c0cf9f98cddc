import type { Statement } from './migrate.js';
import { primaryKeys, writtenOnce } from './rows.js';
import type { RowTable } from './rows.js';

/*
 * A row says what stands now. What stood before is kept beside it, in a table of the same columns: `past_hold` has what rows of
 * `hold` were until a later block replaced them, one row for each block that changed them.
 */

/** The tables whose rows later blocks may replace: not those that are written once, nor those whose key holds the block. */
export const replacedTables: readonly RowTable[] = (Object.keys(primaryKeys) as RowTable[]).filter(
  (table) =>
    table !== 'block' && !writtenOnce.has(table) && !primaryKeys[table].some((column) => column === 'block'),
);

/** The table of what the rows of a table were. */
export function pastOf(table: string): string {
  return `past_${table}`;
}

/**
 * The step of the layout that makes a table's past; `key` has the columns of its primary key. A column that is added to the one later has
 * to be added to the other: rows are moved whole.
 */
export function keepPast(table: string, key: string): readonly Statement[] {
  return [{ past: table, key }];
}
