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
    this.#cursors = cursorsOf(order);
  }

  all(): Promise<Row[]> {
    return inOrder(this.#query, this.#order, { backwards: false }).execute();
  }

  async page(args: PageArgs): Promise<Page<Row>> {
    const wanted = pageSize(args);
    const bounds = { after: this.#bound(args, 'after'), before: this.#bound(args, 'before') };
    const read = (await inOrder(this.#query, this.#order, { ...bounds, backwards: wanted.backwards })
      .limit(wanted.size + 1)
      .execute()) as Row[];
    return cutPage(placed(read, this.#order, this.#cursors), wanted, args);
  }

  async count(): Promise<number> {
    const rows = await this.#query
      .clearSelect()
      .select(sql<number>`count(*)`.as('count'))
      .execute();
    return (rows[0] as { readonly count: number } | undefined)?.count ?? 0;
  }

  #bound(args: PageArgs, argument: 'after' | 'before'): readonly RawBuilder<unknown>[] | undefined {
    const cursor = args[argument];
    if (typeof cursor !== 'string') return undefined;
    return this.#cursors.place(cursor, argument).map((value) => sql.val(value));
  }
}

/** How a list's cursors are written. */
export function cursorsOf({ list, columns, cursors }: ListOrder): Cursors {
  return (
    cursors ?? {
      text: (place) => cursorText(list, place),
      place: (cursor, argument) => placeIn(list, columns.length, cursor, argument),
    }
  );
}

/** Which part of a list is read, and from which end; a bound has a value for each of the list's columns. */
interface Part {
  readonly after?: readonly RawBuilder<unknown>[] | undefined;
  readonly before?: readonly RawBuilder<unknown>[] | undefined;
  readonly backwards: boolean;
}

/** The rows of a list behind one place and before another, in its order or against it. */
export function inOrder<Database, Tables extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Tables, Row>,
  { columns, descending = false }: ListOrder,
  { after, before, backwards }: Part,
): SelectQueryBuilder<Database, Tables, Row> {
  const own = sql.join(columns.map((column) => sql.ref(column)));
  const above = descending ? before : after;
  const below = descending ? after : before;
  const from = above ? query.where(sql<boolean>`(${own}) > (${sql.join(above)})`) : query;
  const within = below ? from.where(sql<boolean>`(${own}) < (${sql.join(below)})`) : from;
  const direction = descending === backwards ? 'asc' : 'desc';
  return columns.reduce((sorted, column) => sorted.orderBy(sql.ref(column), direction), within);
}

/** Rows of a list, each with its cursor. */
export function placed<Row>(
  rows: readonly Row[],
  { columns }: ListOrder,
  cursors: Cursors,
): readonly { readonly row: Row; readonly cursor: string }[] {
  const names = columns.map((column) => column.slice(column.indexOf('.') + 1));
  return rows.map((row) => {
    const values = row as Readonly<Record<string, string | number>>;
    return {
      row,
      // Of most pages, the last one's alone is asked for.
      get cursor() {
        return cursors.text(names.map((name) => values[name] ?? ''));
      },
    };
  });
}
