/** What one GraphQL request may ask for. What is beyond a limit is refused before anything is read. */
export interface QueryLimits {
  /** Fields inside one another; introspection has a limit of its own in graphql-js. */
  readonly depth: number;
  /** Fields under another name than their own. */
  readonly aliases: number;
  /** Lexical tokens of the request's text. */
  readonly tokens: number;
  /** Fields that an answer may have at the most, as `measure` counts them. */
  readonly cost: number;
  /** Milliseconds until the answer to a query has to be there. Mutations wait for their block, and are not cut off. */
  readonly milliseconds: number;
}

/** The limits of every gateway (docs/gateway.md). */
export const queryLimits: QueryLimits = {
  depth: 15,
  aliases: 100,
  tokens: 2_000,
  cost: 50_000,
  milliseconds: 10_000,
};
