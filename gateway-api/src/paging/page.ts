import { gatewayError } from '../errors.js';

/** Which part of a list is asked for, as Relay's connections have it: forwards with `first`, backwards with `last`. */
export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** One page of a list, in the list's order, each with the cursor to go on from. */
export interface Page<Row> {
  readonly rows: readonly { readonly row: Row; readonly cursor: string }[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** A list that is read a page at a time. */
export interface Paged<Row> {
  /** Throws `BAD_ARGUMENT` for a size that no page has, `CURSOR_INVALID` for a cursor that is none of this list's. */
  page(args: PageArgs): Promise<Page<Row>>;
  /** How many entries the whole list has. */
  count(): Promise<number>;
}

/** The longest page. */
export const MOST_OF_A_PAGE = 100;

/** How long a page is where nobody says. */
export const USUAL_PAGE = 20;

/** How many entries a page gets, and from which end. Throws `BAD_ARGUMENT`. */
export function pageSize({ first, last }: Pick<PageArgs, 'first' | 'last'>): {
  readonly size: number;
  readonly backwards: boolean;
} {
  const [forwards, backwards] = [first ?? undefined, last ?? undefined];
  if (forwards !== undefined && backwards !== undefined) {
    throw gatewayError('BAD_ARGUMENT', '`first` and `last` ask for two pages', {
      next: 'Give one of them.',
      details: { pointer: '/last' },
    });
  }
  const size = forwards ?? backwards ?? USUAL_PAGE;
  if (size >= 1 && size <= MOST_OF_A_PAGE) return { size, backwards: backwards !== undefined };
  const name = backwards === undefined ? 'first' : 'last';
  throw gatewayError(
    'BAD_ARGUMENT',
    `\`${name}\` is ${String(size)}; a page holds 1 to ${String(MOST_OF_A_PAGE)} entries`,
    { next: 'Ask for a page of that size.', details: { pointer: `/${name}` } },
  );
}

/** Cuts a page out of what was read of a list: one entry more than the page holds, in the direction of reading. */
export function cutPage<Row>(
  read: readonly { readonly row: Row; readonly cursor: string }[],
  { size, backwards }: { readonly size: number; readonly backwards: boolean },
  { after, before }: Pick<PageArgs, 'after' | 'before'>,
): Page<Row> {
  const more = read.length > size;
  const rows = read.slice(0, size);
  const [hasAfter, hasBefore] = [typeof after === 'string', typeof before === 'string'];
  return backwards
    ? { rows: rows.reverse(), hasPrevious: more, hasNext: hasBefore }
    : { rows, hasNext: more, hasPrevious: hasAfter };
}
