import type { Receipt } from '../submission/commands.js';
import type { Actor } from './acting.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

/** An input as GraphQL hands it over; its form is the domain's business. */
type Input = { readonly requestId: string } & Readonly<Record<string, unknown>>;
type Resolver = (root: unknown, args: { readonly input: Input }, context: GatewayContext) => Promise<Node>;

/**
 * An act: one transaction of the chaincode with the input as it is, carried out with the actor's own certificate. `node`
 * reads what it made from the index, which has the block by then.
 */
export function act(
  command: string,
  actor: (context: GatewayContext) => Actor | Promise<Actor>,
  node: (receipt: Receipt, context: GatewayContext) => Promise<Node>,
): Resolver {
  return async (_, { input }, context) => {
    const { identity, caller } = await actor(context);
    const receipt = await context.commands.run({
      command,
      input: withoutNulls(input) as Input,
      identity,
      caller,
      isAhead: context.afterBlock !== undefined,
    });
    const asOfBlock = await context.status.asOfBlock();
    return { ...(await node(receipt, { ...context, asOfBlock })), receipt };
  };
}

/** GraphQL's null means "not given"; the chaincode's JSON leaves such members out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === null ? [] : [[name, withoutNulls(member)]],
    ),
  );
}

/** A text of a command's result. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
