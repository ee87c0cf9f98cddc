import type { EventFilter } from '../index/event-filter.js';
import { eventOf } from '../index/event-reader.js';
import type { Direction, EventOrder } from '../index/event-reader.js';
import type { PageArgs } from '../paging/page.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { eventNode } from './event-nodes.js';
import type { Node } from './recorded.js';

interface EventsArgs extends PageArgs {
  readonly filter?: EventFilter | null;
  readonly orderBy: EventOrder;
  readonly orderDirection: Direction;
}

/** EPCIS events over all consignments that the caller sees. */
function events(
  _: unknown,
  { filter, orderBy, orderDirection, ...page }: EventsArgs,
  context: GatewayContext,
): Promise<Node> {
  const list = context.reader.events.matching(filter ?? {}, orderBy, orderDirection);
  return connection(list, page, (statement) => eventNode(context, eventOf(statement)));
}

/** Fields of `Query` that are about events. */
export const eventQueries = { events };
