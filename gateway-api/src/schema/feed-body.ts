import { executeSubscriptionEvent, parse, validateSubscriptionArgs } from 'graphql';

import type { Told } from '../feed/feed-stream.js';
import type { GatewayServices } from './context.js';
import { gatewaySchema } from './gateway-schema.js';

/**
 * What a webhook is told of an item: the same fields of the published schema for everyone, so that a receiver reads them by the
 * schema's own description.
 */
const webhookSelection = `__typename cursor
  ... on FeedEntry {
    ucrs units devices parties
    verification { checks notChecked asOfBlock block position transactionId embedded }
    events {
      __typename id recordedAt place { id unlocode } disputed
      ... on ShipmentOpened { custodian }
      ... on Observation { eventTime type bizStep disposition }
      ... on HandoverStep { step handover { ucr number from to place status expiresAt } }
      ... on CustomsDecision {
        decision
        hold { ucr number kind inForce units }
        inspection { ucr number kind status to deadline ordered { by at legalBasis } choice { units } }
      }
    }
  }
  ... on ActRecorded { command act { mspId party role keyHeldBy onBehalfOf requestId } }
  ... on StatementRecorded { statementId jws }`;

const document = parse(`subscription { feed { ${webhookSelection} } }`);

/** What an item is called in a delivery, by its type in the schema. */
const types: Readonly<Record<string, string>> = {
  StatementRecorded: 'statement.recorded',
  ActRecorded: 'act.recorded',
};

/**
 * The body of a delivery in the form that Standard Webhooks recommends: `type`, `timestamp` (when the transaction says that it was),
 * and under `data` the item, as a subscription with this selection would tell it. Throws what the answer's first error says.
 */
export async function feedBody(told: Told, services: GatewayServices): Promise<string> {
  const args = { schema: gatewaySchema(), document, rootValue: told, contextValue: services };
  const event = validateSubscriptionArgs(args);
  if (!('schema' in event)) throw new Error(event[0]?.message);
  const { data, errors } = await executeSubscriptionEvent(event);
  if (errors?.[0]) throw errors[0];
  const item = (data as unknown as { readonly feed: Item }).feed;
  const { block, position } = item.verification;
  const at = await services.whole.chain.transaction({ block, position });
  return JSON.stringify({ type: types[item.__typename], timestamp: at?.timestamp, data: item });
}

interface Item {
  readonly __typename: string;
  readonly verification: { readonly block: number; readonly position: number };
}
