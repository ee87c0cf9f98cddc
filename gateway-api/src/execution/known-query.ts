import type { ExecutionResult, GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';

import { recorded } from '../access/records-plugin.js';
import { inTime } from '../limits/limits-plugin.js';
import type { RequestsAtOnce } from '../limits/requests-at-once.js';
import type { GatewayContext } from '../schema/context.js';
import type { CompiledQueries } from './compiled-queries.js';

/** What the carrying out of known queries stands on. */
export interface KnownQueryParts {
  readonly queries: CompiledQueries;
  readonly requests: RequestsAtOnce;
  readonly milliseconds: number;
  /** What leaves the gateway for an error. */
  readonly mask: (error: unknown) => GraphQLError;
}

/** What GraphQL says. */
export interface GraphQLAnswer {
  readonly result: ExecutionResult;
  /** The result as JSON, where it is there already. */
  readonly text?: string;
}

/**
 * Carries out a query whose text was taken before, as yoga's plugins do, without them. Undefined where the text is not known, or a
 * variable has a value that its type does not take: then nothing was carried out, and the whole way says why.
 */
export async function answerKnownQuery(
  { queries, requests, milliseconds, mask }: KnownQueryParts,
  params: GraphQLParams,
  contextOf: () => Promise<GatewayContext>,
): Promise<GraphQLAnswer | undefined> {
  const query = queries.of(params);
  if (!query) return undefined;
  const made: { isTaken: boolean; text?: string } = { isTaken: true };
  const carriedOut = async (): Promise<ExecutionResult> => {
    const context = await contextOf();
    const work = async (): Promise<ExecutionResult> => {
      const result = await query(params.variables as Record<string, unknown> | undefined, context);
      made.isTaken = result !== undefined;
      // Put into words while the disk takes what is recorded of it.
      if (result?.errors === undefined) made.text = JSON.stringify(result);
      return result ?? {};
    };
    const { caller, records } = context;
    return inTime(() => requests.of(caller, () => recorded(records, work)), milliseconds);
  };
  const failed = (error: unknown): ExecutionResult => ({ errors: [error as GraphQLError] });
  const { errors, ...result } = await carriedOut().catch(failed);
  if (!made.isTaken) return undefined;
  if (errors !== undefined) return { result: { errors: errors.map(mask), ...result } };
  return { result, ...(made.text !== undefined && { text: made.text }) };
}
