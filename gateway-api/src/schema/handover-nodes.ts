import { describeEvent, readStatement, whereaboutsOf, witnessFit } from '@passage/domain';

import type { CustodyTable, HandoverTable, PickupTable, WitnessTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { blockOf } from './moment.js';
import type { Moment } from './moment.js';
import { parsed } from './parsed.js';
import { act, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** Who held a shipment at a moment; undefined when the ledger did not know the shipment then. */
export async function custodyAt(services: Services, ucr: string, moment: Moment): Promise<Node | undefined> {
  const block = await blockOf(services.reader, moment);
  return custodyOf({ ...services, reader: services.reader.knownAt(block) }, ucr);
}

/** Who holds a shipment now; undefined when there is no such shipment. */
export async function custodyOf(services: Services, ucr: string): Promise<Node | undefined> {
  const row = await services.reader.shipments.custody(ucr);
  return row && custodyNode(services, row);
}

function custodyNode(services: Services, row: CustodyTable): Node {
  return {
    custodian: row.custodian,
    since: row.since,
    open: () => (row.open === null ? undefined : handoverOf(services, row.ucr, row.open)),
    verification: () => verification(services, row),
  };
}

/** A handover by its number; undefined when the shipment has none of it. */
export async function handoverOf(services: Services, ucr: string, number: number): Promise<Node | undefined> {
  const row = await services.reader.handovers.handover(ucr, number);
  return row && handoverNode(services, row);
}

/** Every handover of a shipment, the oldest first. */
export function handoversOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  return connection(services.reader.handovers.ofShipment(ucr), page, (row) => handoverNode(services, row));
}

function handoverNode(services: Services, row: HandoverTable): Node {
  return {
    ucr: row.ucr,
    number: row.number,
    from: row.from_party,
    to: row.to_party,
    place: row.place,
    status: row.status,
    offeredAt: row.offered_at,
    expiresAt: row.expires_at,
    stated: parsed(row.stated),
    differences: parsed(row.differences),
    release: row.release,
    witnesses: (page: PageArgs) =>
      connection(services.reader.handovers.witnesses(row.ucr, row.number), page, (witness) =>
        witnessNode(services, witness, row),
      ),
    closedAt: row.closed_at,
    reason: row.reason,
    act: () => act(services, row),
    verification: () => verification(services, row),
  };
}

function witnessNode(services: Services, row: WitnessTable, handover: HandoverTable): Node {
  const fit = once(() => fitOf(services, row, handover));
  return {
    statementId: row.statement_id,
    kid: row.kid,
    seq: row.seq,
    atPlace: async () => (await fit())?.atPlace,
    secondsOff: async () => (await fit())?.secondsOff,
    attachedBy: row.attached_by,
    attachedAt: row.attached_at,
    verification: () => verification(services, row),
  };
}

/** How the statement's own words fit the handover; its bytes stand in the block that recorded it. */
async function fitOf(
  { reader }: Services,
  { statement_id }: WitnessTable,
  { place, offered_at, closed_at }: HandoverTable,
): Promise<ReturnType<typeof witnessFit> | undefined> {
  const statement = await reader.statements.statement(statement_id);
  if (!statement) return undefined;
  const { payload } = readStatement(statement.jws);
  return witnessFit(
    { place, offeredAt: offered_at, ...(closed_at !== null && { closedAt: closed_at }) },
    { where: whereaboutsOf(payload), eventTime: describeEvent(payload).eventTime },
  );
}

/** A release to a carrier by its name; undefined when the shipment has none of it. */
export async function releaseOf(services: Services, ucr: string, name: string): Promise<Node | undefined> {
  const row = await services.reader.handovers.release(ucr, name);
  return row && releaseNode(services, row);
}

/** A shipment's releases to carriers. */
export function releasesOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  return connection(services.reader.handovers.releases(ucr), page, (row) => releaseNode(services, row));
}

function releaseNode(services: Services, row: PickupTable): Node {
  return {
    ucr: row.ucr,
    release: row.release,
    from: row.from_party,
    carrier: row.carrier,
    plateCommitment: row.plate_commitment,
    place: row.place,
    status: row.status,
    releasedAt: row.released_at,
    expiresAt: row.expires_at,
    handover: row.handover,
    closedAt: row.closed_at,
    reason: row.reason,
    act: () => act(services, row),
    verification: () => verification(services, row),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Fields of `Query` that are about custody. */
export const custodyQueries = {
  custody: async (
    _: unknown,
    { ucr, ...moment }: { readonly ucr: string } & Moment,
    context: GatewayContext,
  ): Promise<Node | null> => (await custodyAt(context, ucr, moment)) ?? null,
};
