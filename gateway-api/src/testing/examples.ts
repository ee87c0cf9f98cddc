import { readFileSync } from 'node:fs';

/** A query of a page of documentation, and the answer that the page says it gets. */
export interface Example {
  readonly heading: string;
  readonly query: string;
  /** Who asks: a name of `askers`. */
  readonly asker: string;
  /** The block that the request waits for. */
  readonly afterBlock?: string;
  /** A variable that comes from an answer before: how many answers above, and where in it. */
  readonly variable?: { readonly name: string; readonly above: number; readonly path: string };
  readonly answer: unknown;
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six'];

/** The examples of a page, in its order: each block of GraphQL with the block of JSON behind it. */
export function examplesOf(page: string): readonly Example[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const blocks = /^## (.*)$|```graphql\n(# as (\w+)(.*)\n[^]*?)```\s+```json\n([^]*?)```/gm;
  let heading = '';
  return [...text.matchAll(blocks)].flatMap(
    ([, title, query, asker = '', directions = '', answer]): Example[] => {
      heading = title ?? heading;
      if (query === undefined || answer === undefined) return [];
      const [, afterBlock] = /Passage-After-Block: (\d+)/.exec(directions) ?? [];
      const [, name, above = '', path = ''] =
        /\$(\w+) from (\w+) answers? above: (\S+)/.exec(directions) ?? [];
      return [
        {
          heading,
          query,
          asker,
          ...(afterBlock !== undefined && { afterBlock }),
          ...(name !== undefined && { variable: { name, above: NUMBERS.indexOf(above) + 1, path } }),
          answer: JSON.parse(answer) as unknown,
        },
      ];
    },
  );
}

/** What stands in a page for a value that is another each time. */
export const ANYTHING = '…';

/** An answer with `…` wherever the page has it, and something is there: what is left has to be equal. */
export function asOnPage(answer: unknown, page: unknown): unknown {
  if (page === ANYTHING) return answer === null || answer === undefined ? answer : ANYTHING;
  if (Array.isArray(answer) && Array.isArray(page)) {
    return answer.map((each, i) => asOnPage(each, page[i]));
  }
  if (typeof answer !== 'object' || answer === null || typeof page !== 'object' || page === null)
    return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      asOnPage(value, (page as Record<string, unknown>)[name]),
    ]),
  );
}
