import type { CustomsTable, ForgeryTable, HoldTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { answersTime, secondsBetween } from './moment.js';
import { parsed } from './parsed.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** Where a shipment stands with customs; undefined where customs' word on it is missing or forged. */
export async function customsOf(services: Services, ucr: string): Promise<Node | undefined> {
  const row = await services.reader.customs.standing(ucr);
  return row && customsNode(services, row);
}

function customsNode(services: Services, row: CustomsTable): Node {
  return {
    ucr: row.ucr,
    customs: row.customs,
    status: row.status,
    regime: parsed(row.regime),
    release: parsed(row.release),
    proposedRelease: parsed(row.proposed),
    finding: row.finding,
    holds: (page: PageArgs) =>
      connection(services.reader.customs.holds(row.ucr), page, (hold) => holdNode(services, hold)),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** A hold by its number; undefined when the shipment has none of it. */
export async function holdOf(services: Services, ucr: string, number: number): Promise<Node | undefined> {
  const row = await services.reader.customs.hold(ucr, number);
  return row && holdNode(services, row);
}

function holdNode(services: Services, row: HoldTable): Node {
  return {
    ucr: row.ucr,
    number: row.number,
    kind: row.kind,
    units: parsed(row.units),
    carriedBy: parsed(row.carried_by),
    permit: row.permit,
    placed: parsed(row.placed),
    partial: parsed(row.partial),
    proposed: parsed(row.proposed),
    lifted: parsed(row.lifted),
    inForce: row.lifted === null,
    ageSeconds: () => ageOf(services, row),
    due: () => services.reader.inspections.due(row.ucr),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** Seconds since a hold was placed: until it was lifted, or up to the answer's own time. */
async function ageOf(services: Services, { placed_at, lifted }: HoldTable): Promise<number> {
  const end = lifted === null ? await answersTime(services) : Date.parse((JSON.parse(lifted) as By).at);
  return secondsBetween(placed_at, end);
}

type By = { readonly at: string };

interface HoldQueueArguments extends PageArgs {
  readonly kind?: string | null;
  readonly ucr?: string | null;
  readonly placedBefore?: string | null;
}

function forgeryNode(services: Services, row: ForgeryTable): Node {
  return {
    key: row.key,
    endorsers: JSON.parse(row.endorsers),
    block: row.block,
    position: row.position,
    transactionId: row.transaction_id,
    verification: () => verification(services, row),
  };
}

function forgeries(_: unknown, page: PageArgs, context: GatewayContext): Promise<Node> {
  return connection(context.reader.customs.forgeries(), page, (row) => forgeryNode(context, row));
}

function holdsInForce(
  _: unknown,
  { kind, ucr, placedBefore, ...page }: HoldQueueArguments,
  context: GatewayContext,
): Promise<Node> {
  const wanted = {
    ...(typeof kind === 'string' && { kind }),
    ...(typeof ucr === 'string' && { ucr }),
    ...(typeof placedBefore === 'string' && { placedBefore: new Date(placedBefore).toISOString() }),
  };
  return connection(context.reader.customs.inForce(wanted), page, (row) => holdNode(context, row));
}

async function holdResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const ucr = text(result.ucr);
  return {
    hold: await holdOf(context, ucr, Number(result.hold)),
    customs: await customsOf(context, ucr),
  };
}

async function releaseResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  return { customs: await customsOf(context, text(result.ucr)) };
}

/** Fields of `Query` that are about customs' word. */
export const customsQueries = { forgeries, holdsInForce };

/** Customs' decisions on goods. */
export const customsMutations = {
  placeHold: act('PlaceHold', partyActor, holdResult),
  detainGoods: act('DetainGoods', partyActor, holdResult),
  releaseHold: act('ReleaseHold', partyActor, holdResult),
  releaseGoods: act('ReleaseGoods', partyActor, releaseResult),
  placeUnderProcedure: act('PlaceUnderProcedure', partyActor, releaseResult),
};
