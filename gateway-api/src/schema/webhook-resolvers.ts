import type { FeedFilter } from '../feed/feed-filter.js';
import type { WebhookTable } from '../webhooks/webhook-database.js';
import type { NewWebhook } from '../webhooks/webhooks.js';
import { requireOwnOrganization } from './acting.js';
import { alertFilterOf, feedFilterOf } from './alert-filter.js';
import type { AlertFilter } from './alert-filter.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

export interface ById {
  readonly id: string;
}

export interface Registering<Filter = FeedFilter> {
  readonly url: string;
  readonly filter?: Filter | null;
  readonly after?: string | null;
}

/** A caller of this gateway's own organisation: webhooks are kept where their party is at home. Throws `FORBIDDEN`. */
function callerOf({ caller, organization }: GatewayContext): GatewayContext['caller'] {
  requireOwnOrganization(caller.org, organization.name);
  return caller;
}

function webhookNode(row: WebhookTable): Node {
  return {
    id: row.id,
    url: row.url,
    subscription: row.subscription,
    filter: filterNode(row),
    subject: row.subject,
    party: row.party,
    role: row.role,
    state: stateOf(row),
    cursor: row.cursor,
    delivered: row.delivered,
    deliveredAt: row.delivered_at,
    failures: row.failures,
    failingSince: row.failing_since,
    reason: row.paused ?? row.failure,
    registeredAt: row.registered_at,
  };
}

/** The filter as its subscription's input has it. */
function filterNode({ subscription, filter }: WebhookTable): unknown {
  const kept = JSON.parse(filter) as FeedFilter;
  return subscription === 'alerts' ? alertFilterOf(kept) : kept;
}

function stateOf({ paused, failures }: WebhookTable): 'active' | 'failing' | 'paused' {
  if (paused !== null) return 'paused';
  return failures > 0 ? 'failing' : 'active';
}

async function register(
  context: GatewayContext,
  { after, ...wanted }: Omit<NewWebhook, 'after'> & { readonly after: string | null | undefined },
): Promise<Node> {
  const from = typeof after === 'string' ? { after } : {};
  const { webhook, secret } = await context.webhooks.register(callerOf(context), { ...wanted, ...from });
  return { webhook: webhookNode(webhook), secret };
}

export const webhookMutations = {
  registerWebhook: (
    _: unknown,
    { url, filter, after }: Registering,
    context: GatewayContext,
  ): Promise<Node> => register(context, { url, after, subscription: 'feed', filter: filter ?? {} }),
  registerAlertWebhook: (
    _: unknown,
    { url, filter, after }: Registering<AlertFilter>,
    context: GatewayContext,
  ): Promise<Node> => register(context, { url, after, subscription: 'alerts', filter: feedFilterOf(filter) }),
  rotateWebhookSecret: async (_: unknown, { id }: ById, context: GatewayContext): Promise<Node> => {
    const { webhook, secret } = await context.webhooks.rotate(callerOf(context), id);
    return { webhook: webhookNode(webhook), secret };
  },
  resumeWebhook: async (_: unknown, { id }: ById, context: GatewayContext): Promise<Node> =>
    webhookNode(await context.webhooks.resume(callerOf(context), id)),
  removeWebhook: async (_: unknown, { id }: ById, context: GatewayContext): Promise<Node> =>
    webhookNode(await context.webhooks.remove(callerOf(context), id)),
};

export async function webhooks(_: unknown, __: unknown, context: GatewayContext): Promise<readonly Node[]> {
  const { caller, organization } = context;
  return caller.org === organization.name ? (await context.webhooks.of(caller)).map(webhookNode) : [];
}
