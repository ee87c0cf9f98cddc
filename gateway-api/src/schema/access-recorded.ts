import type { GatewayContext } from './context.js';
import type { QueryResolver } from './known-at-block.js';

type QueryResolvers<Args> = Readonly<Record<string, QueryResolver<Args>>>;

/** The same resolvers, each of which leaves a record of who asked, before the answer leaves. */
export function accessRecorded(resolvers: QueryResolvers<never>): QueryResolvers<object> {
  const recorded = Object.entries(resolvers).map(([query, resolve]): [string, QueryResolver<object>] => [
    query,
    async (root, args, context: GatewayContext) => {
      const answer = await resolve(root, args as never, context);
      const found = answer !== null && !(Array.isArray(answer) && answer.length === 0);
      const { access, caller, asOfBlock } = context;
      await access.record(caller, { query, args, found, asOfBlock });
      return answer;
    },
  ]);
  return Object.fromEntries(recorded);
}
