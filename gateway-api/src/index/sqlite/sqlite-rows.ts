import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

import { pickerOf, unpackerOf } from '../reading/packed-rows.js';
import type { PackedPlace, PackedRows, Picker, TableColumns, Unpack, Value } from '../reading/packed-rows.js';
import { rowTables, upsertTail } from '../rows.js';
import type { BlockRows, RowTable, TableRow } from '../rows.js';

/** Rows in one statement: so many that what a call costs is little beside them. */
const TOGETHER = 32;

/**
 * Writes rows by statements that are prepared once for their table. Rows wait for those of the blocks behind them, and then go in table by
 * table: many in one call, and close to one another in the file.
 */
export class SqliteRows {
  readonly #database: DatabaseSync;
  readonly #columns: StatementSync;
  readonly #tables = new Map<RowTable, TableWriter>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#columns = database.prepare('SELECT name FROM pragma_table_info(?)');
  }

  /** The columns of every table. */
  columns(): TableColumns {
    return Object.fromEntries(rowTables.map((table) => [table, this.#columnsOf(table)])) as TableColumns;
  }

  /** Takes a block's rows; those that came first are written first, so that of one key the same row stands as one by one. */
  add(rows: BlockRows): void {
    for (const table of rowTables) {
      const some = rows[table] as unknown as readonly TableRow[];
      if (some.length > 0) this.#into(table).add(some);
    }
  }

  /** Takes a block's rows as other threads have packed them. */
  unpack(rows: PackedRows, place: PackedPlace): void {
    for (const [table, values] of Object.entries(rows)) this.#into(table as RowTable).unpack(values, place);
  }

  /** Writes what waits; call inside the transaction that also moves the head. */
  flush(): void {
    for (const table of rowTables) this.#tables.get(table)?.flush();
  }

  /** Forgets what waits. */
  clear(): void {
    for (const table of this.#tables.values()) table.clear();
  }

  #columnsOf(table: RowTable): readonly string[] {
    return this.#columns.all(table).map(({ name }) => String(name));
  }

  #into(table: RowTable): TableWriter {
    const known = this.#tables.get(table);
    if (known !== undefined) return known;
    const made = new TableWriter(this.#database, table, this.#columnsOf(table));
    this.#tables.set(table, made);
    return made;
  }
}

/** The rows of one table. */
class TableWriter {
  readonly #database: DatabaseSync;
  readonly #table: RowTable;
  readonly #columns: readonly string[];
  readonly #pick: Picker;
  readonly #unpack: Unpack;
  readonly #statements = new Map<number, StatementSync>();
  /** Of the rows that wait, one behind the other. */
  #values: SQLInputValue[] = [];

  constructor(database: DatabaseSync, table: RowTable, columns: readonly string[]) {
    this.#database = database;
    this.#table = table;
    this.#columns = columns;
    this.#pick = pickerOf(columns);
    this.#unpack = unpackerOf(columns);
  }

  add(rows: readonly TableRow[]): void {
    for (const row of rows) this.#pick(row, this.#values);
  }

  unpack(values: readonly Value[], place: PackedPlace): void {
    this.#unpack(values, this.#values, place);
  }

  clear(): void {
    this.#values = [];
  }

  flush(): void {
    const values = this.#values;
    this.#values = [];
    const row = this.#columns.length;
    for (let from = 0; from < values.length;) {
      const count = values.length - from >= TOGETHER * row ? TOGETHER : 1;
      this.#insert(count).run(...values.slice(from, from + count * row));
      from += count * row;
    }
  }

  #insert(count: number): StatementSync {
    const known = this.#statements.get(count);
    if (known !== undefined) return known;
    const names = this.#columns.map((column) => `"${column}"`).join(', ');
    const one = `(${this.#columns.map(() => '?').join(', ')})`;
    const sql = `INSERT INTO "${this.#table}" (${names}) VALUES ${Array(count).fill(one).join(', ')}
      ${upsertTail(this.#table, this.#columns)}`;
    const made = this.#database.prepare(sql);
    this.#statements.set(count, made);
    return made;
  }
}
