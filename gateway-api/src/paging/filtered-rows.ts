import { MOST_OF_A_PAGE, cutPage, pageSize } from './page.js';
import type { Page, PageArgs, Paged } from './page.js';

/** Those rows of a list that something else than its database knows to leave out: who sees them is asked a page at a time. */
export class FilteredRows<Row, Shown> implements Paged<Shown> {
  readonly #rows: Paged<Row>;
  readonly #shown: (rows: readonly Row[]) => Promise<readonly (Shown | undefined)[]>;

  /** `shown` answers for each row what is shown of it, or undefined. */
  constructor(rows: Paged<Row>, shown: (rows: readonly Row[]) => Promise<readonly (Shown | undefined)[]>) {
    this.#rows = rows;
    this.#shown = shown;
  }

  async page(args: PageArgs): Promise<Page<Shown>> {
    const wanted = pageSize(args);
    const { backwards, size } = wanted;
    const found: { readonly row: Shown; readonly cursor: string }[] = [];
    for (let from = args; found.length <= size;) {
      const { shown, last, more } = await this.#next(from, backwards);
      found.push(...shown);
      if (!more || last === undefined) break;
      from = backwards ? { ...args, before: last } : { ...args, after: last };
    }
    return cutPage(found, wanted, args);
  }

  async count(): Promise<number> {
    let count = 0;
    for (let from: PageArgs = {}; ;) {
      const { shown, last, more } = await this.#next(from, false);
      count += shown.length;
      if (!more || last === undefined) return count;
      from = { after: last };
    }
  }

  /** A whole page of the rows in the direction of reading, and what is shown of it. */
  async #next(
    { after, before }: PageArgs,
    backwards: boolean,
  ): Promise<{
    readonly shown: readonly { readonly row: Shown; readonly cursor: string }[];
    readonly last: string | undefined;
    readonly more: boolean;
  }> {
    const bounds = { after: after ?? null, before: before ?? null };
    const size = backwards ? { last: MOST_OF_A_PAGE } : { first: MOST_OF_A_PAGE };
    const page = await this.#rows.page({ ...bounds, ...size });
    const rows = backwards ? [...page.rows].reverse() : page.rows;
    const verdicts = await this.#shown(rows.map(({ row }) => row));
    const shown = rows.flatMap(({ cursor }, i) => {
      const row = verdicts[i];
      return row === undefined ? [] : [{ row, cursor }];
    });
    return { shown, last: rows.at(-1)?.cursor, more: backwards ? page.hasPrevious : page.hasNext };
  }
}
