import type { PageArgs, Paged } from '../paging/page.js';
import type { Node } from './recorded.js';

/** A page of a list as a Relay connection; how many entries there are is only counted if it is asked for. */
export async function connection<Row>(
  list: Paged<Row>,
  args: PageArgs,
  nodeOf: (row: Row) => Node | Promise<Node>,
): Promise<Node> {
  const { rows, hasNext, hasPrevious } = await list.page(args);
  const edges = await Promise.all(rows.map(async ({ row, cursor }) => ({ cursor, node: await nodeOf(row) })));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
    totalCount: () => list.count(),
  };
}
