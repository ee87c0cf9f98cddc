import type { GatewayContext } from './context.js';
import type { QueryResolver } from './known-at-block.js';
import type { Node } from './recorded.js';

type QueryResolvers<Args> = Readonly<Record<string, QueryResolver<Args>>>;

/** The same resolvers, each of which leaves a record of who asked; the answer waits for it (records-plugin.ts). */
export function accessRecorded(resolvers: QueryResolvers<never>): QueryResolvers<object> {
  const recorded = Object.entries(resolvers).map(([query, resolve]): [string, QueryResolver<object>] => [
    query,
    async (root, args, context: GatewayContext) => {
      const answer = await resolve(root, args as never, context);
      const { access, caller, asOfBlock, records } = context;
      const record = access.record(caller, { query, args, found: hasShown(answer), asOfBlock });
      record.catch(() => undefined);
      records.push(record);
      return answer;
    },
  ]);
  return Object.fromEntries(recorded);
}

/** Whether an answer shows anything: a list or a page without entries, or nothing at all, does not. */
function hasShown(answer: Node | readonly Node[] | null): boolean {
  const entries: unknown = Array.isArray(answer) ? answer : (answer as Node | null)?.['edges'];
  return answer !== null && !(Array.isArray(entries) && entries.length === 0);
}
