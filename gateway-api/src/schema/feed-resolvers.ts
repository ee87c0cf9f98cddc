import type { FeedFilter } from '../feed/feed-filter.js';
import type { Entry } from '../feed/feed-entry.js';
import type { FeedStream, Told } from '../feed/feed-stream.js';
import { act, statementVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';
import type { GatewayContext } from './context.js';
import { deviceNode } from './device-nodes.js';
import { eventNode } from './event-nodes.js';
import { shipmentNode } from './shipment-nodes.js';

interface FeedArguments {
  readonly filter?: FeedFilter | null;
  readonly after?: string | null;
}

async function subscribe(
  _: unknown,
  { filter, after }: FeedArguments,
  { streams, caller, line }: GatewayContext,
): Promise<FeedStream> {
  const wanted = { filter: filter ?? {}, ...(typeof after === 'string' && { after }) };
  const stream = await streams.open(caller, wanted, line.hangUp);
  line.gone.addEventListener('abort', () => {
    stream.close();
  });
  return stream;
}

/** What is told, as a node; why a stream ends is an error, behind which nothing comes. */
function resolve(told: Told, _: unknown, context: GatewayContext): Node {
  if ('ending' in told) throw told.ending;
  if ('from' in told) return { __typename: 'FeedBegins', cursor: told.from, asOfBlock: context.asOfBlock };
  const { entry, cursor, view } = told;
  const { reader, asOfBlock } = view;
  return { cursor, ...entryNode({ ...context, reader, asOfBlock }, entry) };
}

function entryNode(services: Services, entry: Entry): Node {
  const { about, origin } = entry;
  const events = async (): Promise<readonly Node[]> => {
    const id = entry.what === 'statement' ? entry.statement.statement_id : null;
    const rows = await services.reader.shipments.eventsAt(about.shipments, origin);
    return rows.filter(({ statement_id }) => statement_id === id).map((row) => eventNode(services, row));
  };
  const common = { ...aboutNode(services, entry), events };
  if (entry.what === 'act') {
    return {
      __typename: 'ActRecorded',
      ...common,
      command: entry.command,
      act: () => act(services, origin),
      verification: () => verification(services, origin),
    };
  }
  const { statement } = entry;
  return {
    __typename: 'StatementRecorded',
    ...common,
    statementId: statement.statement_id,
    jws: statement.jws,
    device: async () => {
      const device = await services.reader.devices.device(statement.kid);
      return device && deviceNode(services, device);
    },
    verification: () => statementVerification(services, statement),
  };
}

function aboutNode(services: Services, { about }: Entry): Node {
  return {
    ucrs: about.shipments,
    units: about.units,
    devices: about.devices,
    parties: about.parties,
    shipments: async () => {
      const rows = await Promise.all(about.shipments.map((ucr) => services.reader.shipments.shipment(ucr)));
      return rows.flatMap((row) => (row ? [shipmentNode(services, row)] : []));
    },
  };
}

/** Resolvers of `Subscription`. */
export const subscriptions = { feed: { subscribe, resolve } };
