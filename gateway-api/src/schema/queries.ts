import type { EventFilter } from '../index/event-filter.js';
import type { PageArgs } from '../paging/page.js';
import { nextStep } from '../submission/statement-check.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { custodyOf, custodyQueries } from './handover-nodes.js';
import { deviceNode, seenBy } from './device-nodes.js';
import { eventNode } from './event-nodes.js';
import { partyNode } from './party-nodes.js';
import { whereabouts } from './place-nodes.js';
import { shipmentNode } from './shipment-nodes.js';
import { consolidationQueries } from './consolidation-resolvers.js';
import { customsQueries } from './customs-resolvers.js';
import { inspectionQueries } from './inspection-resolvers.js';
import { originQueries } from './origin-resolvers.js';
import { declarationQueries } from './declaration-resolvers.js';
import { disputeQueries } from './dispute-resolvers.js';
import { documentQueries } from './document-resolvers.js';
import { evidenceQueries, openEvidenceQueries } from './evidence-resolvers.js';
import { ledgerQueries } from './ledger-resolvers.js';
import { eventQueries } from './event-resolvers.js';
import { lineageQueries } from './lineage-resolvers.js';
import { parameterQueries } from './parameter-resolvers.js';
import { sealQueries } from './seal-resolvers.js';
import { turnaroundQueries } from './turnaround-resolvers.js';
import { unitQueries } from './unit-resolvers.js';
import { alertQueries } from './alert-resolvers.js';
import { accessRecords } from './access-resolvers.js';
import { accessRecorded } from './access-recorded.js';
import { knownAtBlock } from './known-at-block.js';
import type { QueryResolver } from './known-at-block.js';
import { answerVerification, statementVerification } from './recorded.js';
import { opening, openingsDue } from './openings.js';
import type { Node } from './recorded.js';
import { webhooks } from './webhook-resolvers.js';

async function shipment(_: unknown, { ucr }: { ucr: string }, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.shipments.shipment(ucr);
  return row ? shipmentNode(context, row) : null;
}

async function trace(
  _: unknown,
  { ucr, filter, ...page }: { ucr: string; filter?: EventFilter | null } & PageArgs,
  context: GatewayContext,
): Promise<Node | null> {
  const row = await context.reader.shipments.shipment(ucr);
  if (!row) return null;
  const timeline = context.reader.shipments.timeline(ucr, filter ?? {});
  return {
    shipment: () => shipmentNode(context, row),
    custody: () => custodyOf(context, ucr),
    where: () => whereabouts(context, ucr),
    verification: () => answerVerification(context),
    seenBy: (asked: PageArgs) => seenBy(context, ucr, asked),
    ...(await connection(timeline, page, (event) => eventNode(context, event))),
  };
}

async function device(_: unknown, { kid }: { kid: string }, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.devices.device(kid);
  return row ? deviceNode(context, row) : null;
}

async function party(_: unknown, { id }: { id: string }, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.parties.party(id);
  return row ? partyNode(context, row) : null;
}

/** The index is asked first and last: a statement may be recorded, and leave the outbox, between the two looks. */
async function statement(_: unknown, { id }: { id: string }, context: GatewayContext): Promise<Node | null> {
  const recorded = await recordedStatement(id, context);
  if (recorded) return recorded;
  const waiting = await context.outbox.status(id);
  if (!waiting || !isOwn(waiting.party, context)) return recordedStatement(id, context);
  if (waiting.status !== 'refused') return { id, state: 'PENDING' };
  const { code, message } = waiting;
  return { id, state: 'REFUSED', code, message, next: nextStep(code) };
}

/** What waits is its sender's business: its party's, or the organisation's own. */
function isOwn(party: string, { caller, organization }: GatewayContext): boolean {
  return caller.org === organization.name && (caller.party ?? party) === party;
}

async function recordedStatement(id: string, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.statements.statement(id);
  if (!row) return null;
  return { id, state: 'RECORDED', verification: () => statementVerification(context, row) };
}

/** Resolvers of `Query`: all but those of what everyone may read leave a record of who asked. */
export const queries = {
  ...accessRecorded({
    ...knownAtBlock({
      shipment,
      trace,
      device,
      party,
      ...custodyQueries,
      ...consolidationQueries,
      ...customsQueries,
      ...inspectionQueries,
      ...declarationQueries,
      ...disputeQueries,
      ...documentQueries,
      ...eventQueries,
      ...lineageQueries,
      ...originQueries,
      ...sealQueries,
      ...turnaroundQueries,
      ...unitQueries,
    }),
    opening,
    openingsDue,
    statement,
    ...evidenceQueries,
    webhooks,
    accessRecords,
    ...alertQueries,
  }),
  ...openEvidenceQueries,
  ...knownAtBlock(parameterQueries),
  ...ledgerQueries,
} satisfies Readonly<Record<string, QueryResolver<never>>>;
