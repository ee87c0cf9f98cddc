import type { AlertItem } from '../alert-desk/alert-source.js';
import type { AlertMove, AlertOutcome, AlertState } from '../alert-desk/alert-life.js';
import { gatewayError } from '../errors.js';
import type { FeedStream, Told } from '../feed/feed-stream.js';
import type { PageArgs } from '../paging/page.js';
import { actingParty } from './acting.js';
import { feedFilterOf } from './alert-filter.js';
import type { AlertFilter } from './alert-filter.js';
import { keptAlertNode, stepNode } from './alert-nodes.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

interface AlertsArguments extends PageArgs {
  readonly filter?: AlertFilter | null;
  readonly states?: readonly AlertState[] | null;
  readonly assignedTo?: string | null;
  readonly follows?: boolean | null;
}

async function alerts(
  _: unknown,
  { filter, states, assignedTo, follows, ...page }: AlertsArguments,
  context: GatewayContext,
): Promise<Node> {
  const wanted = feedFilterOf(filter);
  const seen = await context.alertDesk.seenBy(context.caller, context.reader);
  const { alertKinds: kinds, shipments } = wanted;
  const rows = {
    ...(kinds && { kinds }),
    ...(shipments && { shipments }),
    ...(states && { states }),
    ...(typeof assignedTo === 'string' && { assignedTo }),
  };
  const list = seen.all(rows, wanted, follows ?? undefined);
  return connection(list, page, (each) => keptAlertNode(context, each));
}

async function alert(
  _: unknown,
  { id }: { readonly id: string },
  context: GatewayContext,
): Promise<Node | null> {
  const seen = await (await context.alertDesk.seenBy(context.caller, context.reader)).one(id);
  return seen ? keptAlertNode(context, seen) : null;
}

export interface MoveInput {
  readonly requestId: string;
  readonly alert: string;
  readonly version: number;
  readonly note?: string | null;
}

/** The longest note. */
const MOST_NOTE = 1_000;

async function move(
  context: GatewayContext,
  { requestId, alert: id, version, note }: MoveInput,
  step: AlertMove,
): Promise<Node> {
  const { party } = actingParty(context);
  if ((note ?? '').length > MOST_NOTE) {
    const message = `the note is longer than ${String(MOST_NOTE)} signs`;
    throw gatewayError('BAD_ARGUMENT', message, { details: { pointer: '/input/note' } });
  }
  const { caller, reader } = context;
  const request = { requestId, alert: id, version, move: step, ...(typeof note === 'string' && { note }) };
  const { alert: seen, duplicate } = await context.alertDesk.move({ caller, party, reader }, request);
  return { alert: keptAlertNode(context, seen), duplicate };
}

type Mutation<Input> = (
  _: unknown,
  args: { readonly input: Input },
  context: GatewayContext,
) => Promise<Node>;

const assignAlert: Mutation<MoveInput & { readonly to: string }> = (_, { input }, context) =>
  move(context, input, { step: 'assigned', to: input.to });

const acknowledgeAlert: Mutation<MoveInput> = (_, { input }, context) =>
  move(context, input, { step: 'acknowledged' });

const closeAlert: Mutation<MoveInput & { readonly outcome: AlertOutcome }> = (_, { input }, context) =>
  move(context, input, { step: 'closed', outcome: input.outcome });

async function subscribe(
  _: unknown,
  { filter, after }: { readonly filter?: AlertFilter | null; readonly after?: string | null },
  { alertStreams, caller, line }: GatewayContext,
): Promise<FeedStream<AlertItem>> {
  const wanted = { filter: feedFilterOf(filter), ...(typeof after === 'string' && { after }) };
  const stream = await alertStreams.open(caller, wanted, line.hangUp);
  line.gone.addEventListener('abort', () => {
    stream.close();
  });
  return stream;
}

function resolve(told: Told<AlertItem>, _: unknown, context: GatewayContext): Node {
  if ('ending' in told) throw told.ending;
  if ('from' in told) return { cursor: told.from };
  const { entry, cursor, view } = told;
  return {
    cursor,
    step: stepNode(entry.step),
    alert: keptAlertNode({ ...context, ...view }, entry),
  };
}

/** Fields of `Query` that are about the gateway's book of alerts. */
export const alertQueries = { alerts, alert };

/** What is done with alerts: in the gateway's own book, not on the ledger. */
export const alertMutations = { assignAlert, acknowledgeAlert, closeAlert };

export const alertSubscriptions = { alerts: { subscribe, resolve } };
