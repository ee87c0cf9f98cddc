import { gatewayError } from '../errors.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

/** A resolver of `Query`. */
export type QueryResolver<Args> = (
  root: unknown,
  args: Args,
  context: GatewayContext,
) => Promise<Node | readonly Node[] | null>;

type QueryResolvers<Args> = Readonly<Record<string, QueryResolver<Args>>>;

interface Known {
  readonly asKnownAt?: number | null;
}

/** The same resolvers, each of which answers as the ledger was known after the block `asKnownAt`, where one is given. */
export function knownAtBlock(resolvers: QueryResolvers<never>): QueryResolvers<Known> {
  const known = Object.entries(resolvers).map(([name, resolve]): [string, QueryResolver<Known>] => [
    name,
    async (root, args, context) => resolve(root, args as never, contextKnownAt(context, args)),
  ]);
  return Object.fromEntries(known);
}

/** What a request stands on, once everything after a block is left out. Throws `BLOCK_NOT_INDEXED`. */
function contextKnownAt(context: GatewayContext, { asKnownAt: block }: Known): GatewayContext {
  if (typeof block !== 'number') return context;
  const { asOfBlock, reader, whole } = context;
  if (block > asOfBlock) {
    const message = `block ${String(block)} is not verified yet: the index ends with block ${String(asOfBlock)}`;
    throw gatewayError('BLOCK_NOT_INDEXED', message, {
      retryable: true,
      details: { indexed: asOfBlock },
    });
  }
  return { ...context, reader: reader.knownAt(block), whole: whole.knownAt(block), asOfBlock: block };
}
