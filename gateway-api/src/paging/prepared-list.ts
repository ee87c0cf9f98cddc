import type { Kysely, SelectQueryBuilder } from 'kysely';

import { Prepared, slot } from '../index/prepared.js';
import type { Preparable, SlotValues } from '../index/prepared.js';
import type { IndexDatabase } from '../index/tables/index.js';
import type { PlaceInList } from './cursor-text.js';
import { cutPage, pageSize } from './page.js';
import type { Page, PageArgs } from './page.js';
import { cursorsOf, inOrder, placed } from './row-list.js';
import type { Cursors, ListOrder, Rows } from './row-list.js';

const ends = ['after', 'before'] as const;

type Query<Tables extends keyof IndexDatabase, Row> = SelectQueryBuilder<IndexDatabase, Tables, Row>;

/** A list whose queries have slots: each kind of page is put into SQL once, and read with other values each time. */
export class PreparedList<Tables extends keyof IndexDatabase, Row> {
  readonly #database: Kysely<IndexDatabase>;
  readonly #query: Query<Tables, Row>;
  readonly #order: ListOrder;
  readonly #cursors: Cursors;
  readonly #all: Prepared<Row>;
  readonly #count: Prepared<{ count: number }>;
  readonly #pages = new Map<string, Prepared<Row>>();

  /** `count` says in its column `count` how many rows `query` has. */
  constructor(
    database: Kysely<IndexDatabase>,
    query: Query<Tables, Row>,
    order: ListOrder,
    { count }: { readonly count: Preparable<{ count: number }> },
  ) {
    this.#database = database;
    this.#query = query;
    this.#order = order;
    this.#cursors = cursorsOf(order);
    this.#all = new Prepared(database, inOrder(query, order, { backwards: false }));
    this.#count = new Prepared(database, count);
  }

  /** The list for these values of its slots. */
  of(values: SlotValues): Rows<Row> {
    return {
      all: () => this.#all.all(values),
      count: async () => (await this.#count.first(values))?.count ?? 0,
      page: (args) => this.#page(values, args),
    };
  }

  async #page(values: SlotValues, args: PageArgs): Promise<Page<Row>> {
    const wanted = pageSize(args);
    const given = ends.filter((end) => typeof args[end] === 'string');
    const bounds = given.map((end) => placeValues(end, this.#cursors.place(args[end] ?? '', end)));
    const kind = [String(wanted.size), wanted.backwards ? 'last' : 'first', ...given].join(' ');
    const query = this.#pages.get(kind) ?? this.#prepared(given, wanted);
    this.#pages.set(kind, query);
    const read = await query.all(Object.assign({}, values, ...bounds) as SlotValues);
    return cutPage(placed(read, this.#order, this.#cursors), wanted, args);
  }

  #prepared(
    given: readonly ('after' | 'before')[],
    { size, backwards }: ReturnType<typeof pageSize>,
  ): Prepared<Row> {
    const bounds = given.map((end) => [end, this.#order.columns.map((_, i) => slot(`${end}${String(i)}`))]);
    const part = { backwards, ...(Object.fromEntries(bounds) as object) };
    return new Prepared(this.#database, inOrder(this.#query, this.#order, part).limit(size + 1));
  }
}

function placeValues(end: string, place: PlaceInList): SlotValues {
  return Object.fromEntries(place.map((value, i) => [`${end}${String(i)}`, value]));
}
