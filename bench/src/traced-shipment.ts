import type { GraphQL } from './graphql-client.js';

/** What is asked of a page: what a timeline shows, and the signed bytes, to compare them with the comparator's rows. */
const PAGE = `query ($ucr: UCR!, $first: Int, $after: String) {
  trace(ucr: $ucr, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      __typename id recordedAt place { id } verification { block position transactionId asOfBlock }
      ... on Observation { statementId seq eventTime bizStep jws }
    } }
  }
}`;

interface Page {
  readonly trace: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: readonly { readonly node: { readonly jws?: string } }[];
  } | null;
}

/** The longest page: the comparator gives everything at once. */
export const LONGEST_PAGE = 100;

/** A page as it is where nobody says how long it is to be. */
export const USUAL_PAGE = 20;

/** The first page of a shipment's trace. */
export async function firstPage(
  graphql: GraphQL,
  ucr: string,
  first: number,
  after?: string | null,
): Promise<Page> {
  const page = await graphql<Page>(PAGE, { ucr, first, after });
  if (page.trace === null) throw new Error(`nothing is shown of ${ucr}`);
  return page;
}

/** The signed bytes of every observation of a shipment, page by page, in the ledger's order. */
export async function wholeTrace(graphql: GraphQL, ucr: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | null | undefined; ;) {
    const { trace } = await firstPage(graphql, ucr, LONGEST_PAGE, after);
    found.push(...(trace?.edges ?? []).flatMap(({ node }) => node.jws ?? []));
    if (trace?.pageInfo.hasNextPage !== true) return found;
    after = trace.pageInfo.endCursor;
  }
}
