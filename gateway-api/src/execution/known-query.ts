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

/**
 * Carries out a query whose text was taken before, as yoga's plugins do, without them. Undefined where the text is not known, or a
 * variable has a value that its type does not take: then nothing was carried out, and the whole way says why.
 */
export async function answerKnownQuery(
  { queries, requests, milliseconds, mask }: KnownQueryParts,
  params: GraphQLParams,
  contextOf: () => Promise<GatewayContext>,
): Promise<ExecutionResult | undefined> {
  const query = queries.of(params);
  if (!query) return undefined;
  const taken = { is: true };
  const carriedOut = async (): Promise<ExecutionResult> => {
    const context = await contextOf();
    const work = (): Promise<ExecutionResult> | ExecutionResult => {
      const result = query(params.variables as Record<string, unknown> | undefined, context);
      taken.is = result !== undefined;
      return result ?? {};
    };
    const { caller, records } = context;
    return inTime(() => requests.of(caller, () => recorded(records, work)), milliseconds);
  };
  const failed = (error: unknown): ExecutionResult => ({ errors: [error as GraphQLError] });
  const { errors, ...result } = await carriedOut().catch(failed);
  if (!taken.is) return undefined;
  return errors === undefined ? result : { errors: errors.map(mask), ...result };
}
