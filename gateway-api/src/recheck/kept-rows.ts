import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';

import { pastOf } from '../index/past-rows.js';
import { primaryKeys } from '../index/rows.js';
import type { RowTable } from '../index/rows.js';
import type { IndexDatabase } from '../index/tables/index.js';
import type { Row } from './row-difference.js';

/** The index's own rows, by where they come from and by their keys. */
export class KeptRows {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** The rows of a table that say that they come from a transaction. */
  from(table: RowTable, block: number, position: number): Promise<readonly Row[]> {
    return this.#all(table, sql`"block" = ${block} AND "position" = ${position}`);
  }

  /** The row with another row's key. */
  async like(table: RowTable, row: Row): Promise<Row | undefined> {
    const [found] = await this.#all(table, hasKeyOf(table, row));
    return found;
  }

  /** What the row with another row's key was after a block, where a later block has replaced it. */
  async replaced(table: RowTable, row: Row, block: number): Promise<Row | undefined> {
    const [found] = await this.#all(pastOf(table), sql`${hasKeyOf(table, row)} AND "block" = ${block}`);
    return found;
  }

  async #all(table: string, where: RawBuilder<unknown>): Promise<readonly Row[]> {
    const { rows } = await sql<Row>`SELECT * FROM ${sql.table(table)} WHERE ${where}`.execute(this.#rows);
    return rows;
  }
}

function hasKeyOf(table: RowTable, row: Row): RawBuilder<unknown> {
  const key: readonly string[] = primaryKeys[table];
  return sql.join(
    key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
    sql` AND `,
  );
}
