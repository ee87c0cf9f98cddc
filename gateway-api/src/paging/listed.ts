import { cursorText, placeIn } from './cursor-text.js';
import type { PlaceInList } from './cursor-text.js';
import { cutPage, pageSize } from './page.js';
import type { Page, PageArgs, Paged } from './page.js';

/** A list that is computed as a whole, in its order, read a page at a time. */
export class Listed<Row> implements Paged<Row> {
  readonly #rows: readonly Row[];
  readonly #list: string;
  readonly #placeOf: (row: Row) => PlaceInList;

  /** `placeOf` gives the values by which the rows are in ascending order; no two rows have the same. */
  constructor(list: string, rows: readonly Row[], placeOf: (row: Row) => PlaceInList) {
    this.#list = list;
    this.#rows = rows;
    this.#placeOf = placeOf;
  }

  page(args: PageArgs): Promise<Page<Row>> {
    return Promise.resolve().then(() => this.#page(args));
  }

  count(): Promise<number> {
    return Promise.resolve(this.#rows.length);
  }

  #page(args: PageArgs): Page<Row> {
    const wanted = pageSize(args);
    const inside = this.#rows.filter(this.#bound(args, 'after', 1)).filter(this.#bound(args, 'before', -1));
    const read = wanted.backwards ? inside.reverse() : inside;
    const placed = read.slice(0, wanted.size + 1).map((row) => ({
      row,
      cursor: cursorText(this.#list, this.#placeOf(row)),
    }));
    return cutPage(placed, wanted, args);
  }

  #bound(args: PageArgs, argument: 'after' | 'before', sign: 1 | -1): (row: Row) => boolean {
    const cursor = args[argument];
    if (typeof cursor !== 'string') return () => true;
    const [sample] = this.#rows;
    const length = sample === undefined ? undefined : this.#placeOf(sample).length;
    if (length === undefined) return () => false;
    const place = placeIn(this.#list, length, cursor, argument);
    return (row) => compare(this.#placeOf(row), place) * sign > 0;
  }
}

function compare(one: PlaceInList, other: PlaceInList): number {
  for (const [i, value] of one.entries()) {
    const against = other[i];
    if (against === undefined || value === against) continue;
    return value < against ? -1 : 1;
  }
  return 0;
}
