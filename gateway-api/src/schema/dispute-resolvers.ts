import { disputeStatus, speaksAgainst, statementIdOf } from '@passage/domain';
import type { DisputeRecord, DisputeStatus, RulingRecord } from '@passage/domain';

import type { DisputeTable, EventTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** What names an event of a timeline. */
export type EventRef = Pick<EventTable, 'ucr' | 'statement_id' | 'transaction_id'>;

/** A dispute as its row has it, and how it stands. */
interface Standing {
  readonly row: DisputeTable;
  readonly record: DisputeRecord;
  readonly ruling: Node | undefined;
  readonly status: DisputeStatus;
}

async function standing(services: Services, row: DisputeTable): Promise<Standing> {
  const record = JSON.parse(row.record) as DisputeRecord;
  const word = await services.reader.disputes.ruling(row);
  const ruling = word && (JSON.parse(word.record) as RulingRecord);
  return {
    row,
    record,
    ruling: word && {
      ...ruling,
      act: () => signedBy(services, word),
      verification: () => verification(services, word),
    },
    status: disputeStatus(record, ruling),
  };
}

function disputeNode(services: Services, { row, record, ruling, status }: Standing): Node {
  const { event, ...said } = record;
  return {
    ...said,
    eventId: () => eventId(services, event),
    ...('act' in event && { disputedAct: event.act }),
    status,
    ruling,
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** The event's id in the timeline. An act writes one event of a shipment at most: the first of its transaction. */
async function eventId({ reader }: Services, event: DisputeRecord['event']): Promise<string | undefined> {
  if ('statement' in event) return statementIdOf(event.statement);
  const done = await reader.chain.request(event.act.by, event.act.requestId);
  return done && `${done.transaction_id}/0`;
}

async function standings(services: Services, rows: readonly DisputeTable[]): Promise<readonly Standing[]> {
  return Promise.all(rows.map((row) => standing(services, row)));
}

/** The disputes that were raised on a shipment. */
export function disputesOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const list = services.reader.disputes.ofShipment(ucr);
  return connection(list, page, async (row) => disputeNode(services, await standing(services, row)));
}

/** Whether an open or upheld dispute speaks against an event. */
export async function isDisputed(services: Services, event: EventRef): Promise<boolean> {
  const known = await standings(services, await services.reader.disputes.ofEvent(event));
  return known.some(({ status }) => speaksAgainst(status));
}

/** What every event of a timeline says of its disputes. */
export function disputesOfEvent(services: Services, event: EventRef): Node {
  const known = async () => standings(services, await services.reader.disputes.ofEvent(event));
  return {
    disputed: () => isDisputed(services, event),
    disputes: async () => (await known()).map((each) => disputeNode(services, each)),
  };
}

type DisputeRef = Pick<DisputeTable, 'ucr' | 'disputant' | 'dispute'>;

async function disputeById(_: unknown, ref: DisputeRef, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.disputes.dispute(ref);
  return row ? disputeNode(context, await standing(context, row)) : null;
}

async function disputeResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const ref = {
    ucr: text(result.ucr),
    disputant: text(result.disputant),
    dispute: text(result.dispute),
  };
  return { dispute: await disputeById(undefined, ref, context) };
}

/** Fields of `Query` that are about disputes. */
export const disputeQueries = { dispute: disputeById };

/** Acts upon disputes. */
export const disputeMutations = {
  raiseDispute: act('RaiseDispute', partyActor, disputeResult),
  answerDispute: act('AnswerDispute', partyActor, disputeResult),
  ruleOnDispute: act('RuleOnDispute', partyActor, disputeResult),
  withdrawDispute: act('WithdrawDispute', partyActor, disputeResult),
};
