import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

import { oneOfEach, rowTables, upsertTail } from '../rows.js';
import type { BlockRows, RowTable, TableRow } from '../rows.js';

/** Writes rows, each by a statement that is prepared once for its table: made anew for every block it costs more than the rows. */
export class SqliteRows {
  readonly #database: DatabaseSync;
  readonly #columns: StatementSync;
  readonly #prepared = new Map<RowTable, PreparedInsert>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#columns = database.prepare('SELECT name FROM pragma_table_info(?)');
  }

  /** Writes a block's rows; call inside the transaction that also moves the head. */
  write(rows: BlockRows): void {
    for (const table of rowTables) this.#upsert(table, rows[table] as unknown as readonly TableRow[]);
  }

  #upsert(table: RowTable, rows: readonly TableRow[]): void {
    if (rows.length === 0) return;
    const { columns, statement } = this.#insertInto(table);
    for (const row of oneOfEach(table, rows))
      statement.run(...columns.map((column) => (row[column] ?? null) as SQLInputValue));
  }

  #insertInto(table: RowTable): PreparedInsert {
    const known = this.#prepared.get(table);
    if (known) return known;
    const columns = this.#columns.all(table).map(({ name }) => String(name));
    const names = columns.map((column) => `"${column}"`).join(', ');
    const values = columns.map(() => '?').join(', ');
    const sql = `INSERT INTO "${table}" (${names}) VALUES (${values}) ${upsertTail(table, columns)}`;
    const made = { columns, statement: this.#database.prepare(sql) };
    this.#prepared.set(table, made);
    return made;
  }
}

interface PreparedInsert {
  readonly columns: readonly string[];
  readonly statement: StatementSync;
}
