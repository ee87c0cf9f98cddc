import { parse } from 'graphql';

import type { Entry } from '../feed/feed-entry.js';
import type { ToldItem } from '../webhooks/deliveries.js';
import type { GatewayServices } from './context.js';
import { toldData } from './told-data.js';

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
export async function feedBody(told: ToldItem<Entry>, services: GatewayServices): Promise<string> {
  const { feed: item } = (await toldData(document, told, services)) as { readonly feed: Item };
  const { block, position } = item.verification;
  const at = await services.whole.chain.transaction({ block, position });
  return JSON.stringify({ type: types[item.__typename], timestamp: at?.timestamp, data: item });
}

interface Item {
  readonly __typename: string;
  readonly verification: { readonly block: number; readonly position: number };
}
