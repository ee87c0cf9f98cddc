import type { PageArgs, Paged } from '../paging/page.js';
import type { Node } from './recorded.js';

/** A page of a list as a Relay connection; how many entries there are is only counted if it is asked for. */
export async function connection<Row>(
  list: Paged<Row>,
  args: PageArgs,
  nodeOf: (row: Row) => Node | Promise<Node>,
): Promise<Node> {
  const { rows, hasNext, hasPrevious } = await list.page(args);
  const found: readonly (Node | Promise<Node>)[] = rows.map(({ row }) => nodeOf(row));
  const nodes = found.some((node) => node instanceof Promise)
    ? await Promise.all(found.map((node) => Promise.resolve(node)))
    : found;
  return {
    edges: rows.map((placed, i) => ({ cursor: () => placed.cursor, node: nodes[i] })),
    nodes,
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: () => rows[0]?.cursor,
      endCursor: () => rows.at(-1)?.cursor,
    },
    totalCount: () => list.count(),
  };
}
