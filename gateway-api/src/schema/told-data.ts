import { executeSubscriptionEvent, validateSubscriptionArgs } from 'graphql';
import type { DocumentNode } from 'graphql';

import { gatewaySchema } from './gateway-schema.js';

/** What a subscription with this document would tell of an item: the answer's `data`. Throws the first error that it has. */
export async function toldData(document: DocumentNode, told: object, context: object): Promise<unknown> {
  const args = { schema: gatewaySchema(), document, rootValue: told, contextValue: context };
  const event = validateSubscriptionArgs(args);
  if (!('schema' in event)) throw new Error(event[0]?.message);
  const { data, errors } = await executeSubscriptionEvent(event);
  if (errors?.[0]) throw errors[0];
  return data;
}
