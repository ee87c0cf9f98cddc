import { gatewayError } from '../errors.js';
import type { LineageStep, Way } from '../index/lineage-reader.js';
import type { LineageTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { lotSubject } from '../sight/viewers.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { drawdownNode, lotNode, transformationNode } from './origin-resolvers.js';
import { act as signedBy, answerVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';
import { shipmentNode } from './shipment-nodes.js';

/** The deepest that one question may go, in steps. */
const MOST_DEPTH = 100;

/** The most steps that one walk takes; the nearest come first, so that what is cut off is the farthest. */
const MOST_STEPS = 20_000;

interface LineageArgs extends PageArgs {
  readonly lot?: string | null;
  readonly ucr?: string | null;
  readonly depth: number;
}

const LOT = lotSubject('');

const isLot = (thing: string): boolean => thing.startsWith(LOT);

/** A resolver that goes one way from a lot or a consignment; null where the caller sees none. */
function traced(way: Way) {
  return async (_: unknown, args: LineageArgs, context: GatewayContext): Promise<Node | null> => {
    const start = startOf(args);
    const { depth } = args;
    if (depth < 1 || depth > MOST_DEPTH) {
      const message = `\`depth\` is ${String(depth)}; an answer goes 1 to ${String(MOST_DEPTH)} steps`;
      throw gatewayError('BAD_ARGUMENT', message, {
        next: 'Ask for less, and go on from the last that came.',
        details: { pointer: '/depth' },
      });
    }
    if (!(await thingNode(context, start))) return null;
    const { lineage } = context.reader;
    const bounds = { depth, steps: MOST_STEPS };
    const list = lineage.walk(start, way, bounds);
    return {
      ...(await connection(list, args, (step) => stepNode(context, step, way))),
      depth,
      verification: () => answerVerification(context),
      complete: async () => !(await lineage.isCut(start, way, bounds)),
    };
  };
}

function startOf({ lot, ucr }: LineageArgs): string {
  const given = [lot === null || lot === undefined ? undefined : lotSubject(lot), ucr ?? undefined];
  const [start, second] = given.filter((each) => each !== undefined);
  if (start !== undefined && second === undefined) return start;
  throw gatewayError('BAD_ARGUMENT', 'a lineage begins at one thing: a lot or a consignment', {
    next: 'Give one of `lot` and `ucr`.',
    details: { pointer: start === undefined ? '/lot' : '/ucr' },
  });
}

/** The lot or the consignment that a thing is; undefined where the caller sees none. */
async function thingNode(services: Services, thing: string): Promise<Node | undefined> {
  const { origin, shipments } = services.reader;
  if (isLot(thing)) {
    const lot = await origin.lot(thing.slice(LOT.length));
    return lot && { lot: lotNode(services, lot) };
  }
  const shipment = await shipments.shipment(thing);
  return shipment && { shipment: shipmentNode(services, shipment) };
}

function stepNode(services: Services, { thing, depth }: LineageStep, way: Way): Node {
  const { lineage } = services.reader;
  const node = () => thingNode(services, thing);
  return {
    depth,
    lot: async () => (isLot(thing) ? (await node())?.['lot'] : undefined),
    shipment: async () => (isLot(thing) ? undefined : (await node())?.['shipment']),
    links: (page: PageArgs) => connection(lineage.links(thing, way), page, (row) => linkNode(services, row)),
  };
}

function linkNode(services: Services, row: LineageTable): Node {
  const { origin } = services.reader;
  const id = (thing: string): string => (isLot(thing) ? thing.slice(LOT.length) : thing);
  const drawdown = async (): Promise<Node | undefined> => {
    const cut = row.cause.lastIndexOf('/');
    const found = await origin.drawdown(row.cause.slice(0, cut), Number(row.cause.slice(cut + 1)));
    return found && drawdownNode(services, found);
  };
  return {
    kind: row.kind,
    from: id(row.input),
    to: id(row.output),
    eventId: `${row.transaction_id}/0`,
    transformation: async () => {
      const [made] = row.kind === 'transformed' ? await origin.transformations([row.cause]) : [];
      return made && transformationNode(services, made);
    },
    drawdown: () => (row.kind === 'shipped' ? drawdown() : undefined),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** Fields of `Query` that are about what went into what. */
export const lineageQueries = { traceUpstream: traced('upstream'), traceDownstream: traced('downstream') };
