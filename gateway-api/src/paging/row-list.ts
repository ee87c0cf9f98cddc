import { sql } from 'kysely';
import type { RawBuilder, SelectQueryBuilder } from 'kysely';

import { cursorText, placeIn } from './cursor-text.js';
import type { PlaceInList } from './cursor-text.js';
import { cutPage, pageSize } from './page.js';
import type { Page, PageArgs, Paged } from './page.js';

/** The name of a list, which its cursors bear, and the columns that order it: together they are no two rows' the same. */
export interface ListOrder {
  readonly list: string;
  readonly columns: readonly string[];
  readonly descending?: boolean;
  /** How cursors are written where they are not the list's name and the place in it. */
  readonly cursors?: Cursors;
}

/** Another way to write a place down. */
export interface Cursors {
  readonly text: (place: PlaceInList) => string;
  /** Throws `CURSOR_INVALID`. */
  readonly place: (cursor: string, argument: string) => PlaceInList;
}

/** Rows in an order, whole or a page at a time. */
export interface Rows<Row> extends Paged<Row> {
  all(): Promise<readonly Row[]>;
}

/** Rows of a database in an order, read whole or a page at a time (keyset paging: a page costs the same wherever it lies). */
export class RowList<Database, Tables extends keyof Database, Row> implements Rows<Row> {
  readonly #query: SelectQueryBuilder<Database, Tables, Row>;
  readonly #order: ListOrder;
  readonly #cursors: Cursors;

  constructor(query: SelectQueryBuilder<Database, Tables, Row>, order: ListOrder) {
    this.#query = query;
    this.#order = order;
    const { list, columns } = order;
    this.#cursors = order.cursors ?? {
      text: (place) => cursorText(list, place),
      place: (cursor, argument) => placeIn(list, columns.length, cursor, argument),
    };
  }

  all(): Promise<Row[]> {
    return this.#sorted(this.#query, this.#order.descending === true).execute();
  }

  async page(args: PageArgs): Promise<Page<Row>> {
    const wanted = pageSize(args);
    const { descending = false } = this.#order;
    const bounds = [this.#bound(args, 'after', descending), this.#bound(args, 'before', !descending)];
    const bounded = bounds.reduce((query, bound) => (bound ? query.where(bound) : query), this.#query);
    const read = (await this.#sorted(bounded, descending !== wanted.backwards)
      .limit(wanted.size + 1)
      .execute()) as Row[];
    const placed = read.map((row) => ({ row, cursor: this.#cursors.text(this.#place(row)) }));
    return cutPage(placed, wanted, args);
  }

  async count(): Promise<number> {
    const rows = await this.#query
      .clearSelect()
      .select(sql<number>`count(*)`.as('count'))
      .execute();
    return (rows[0] as { readonly count: number } | undefined)?.count ?? 0;
  }

  /** The rows behind a cursor, or before it. */
  #bound(args: PageArgs, argument: 'after' | 'before', below: boolean): RawBuilder<boolean> | undefined {
    const cursor = args[argument];
    if (typeof cursor !== 'string') return undefined;
    const place = sql.join(this.#cursors.place(cursor, argument));
    const own = sql.join(this.#order.columns.map((column) => sql.ref(column)));
    return below ? sql<boolean>`(${own}) < (${place})` : sql<boolean>`(${own}) > (${place})`;
  }

  #sorted(
    query: SelectQueryBuilder<Database, Tables, Row>,
    descending: boolean,
  ): SelectQueryBuilder<Database, Tables, Row> {
    return this.#order.columns.reduce(
      (sorted, column) => sorted.orderBy(sql.ref(column), descending ? 'desc' : 'asc'),
      query,
    );
  }

  #place(row: Row): readonly (string | number)[] {
    const values = row as Readonly<Record<string, string | number>>;
    return this.#order.columns.map((column) => values[column.slice(column.indexOf('.') + 1)] ?? '');
  }
}
