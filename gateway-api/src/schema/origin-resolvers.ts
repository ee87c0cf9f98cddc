import { keys } from '@passage/domain';
import type {
  CertificateRecord,
  DrawdownRecord,
  LotRecord,
  Share,
  TransformationRecord,
} from '@passage/domain';

import { gatewayError } from '../errors.js';
import type {
  CertificateTable,
  DrawdownTable,
  LotTable,
  TransformationTable,
} from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { tracedOrigin } from '../index/trace-origin.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, answerVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** The deepest way back that one question may ask for. */
const MOST_DEPTH = 50;

/** A lot. */
export function lotNode(services: Services, row: LotTable): Node {
  const record = JSON.parse(row.record) as LotRecord;
  const { lot, transformation, witnesses = [] } = record;
  const { origin } = services.reader;
  return {
    ...record,
    id: lot,
    shares: record.shares.map((share) => ({
      ...shareNode(share, record.quantity),
      remaining: share.remaining,
    })),
    transformation: async () => {
      const [made] = transformation === undefined ? [] : await origin.transformations([transformation]);
      return made && transformationNode(services, made);
    },
    witnesses: () => origin.statementIds(witnesses),
    certificates: (page: PageArgs) =>
      connection(origin.certificatesFor(lot), page, (each) => certificateNode(services, each)),
    drawdowns: (page: PageArgs) =>
      connection(origin.drawdownsOf(lot), page, (each) => drawdownNode(services, each)),
    origin: ({ depth }: { readonly depth: number }) => originNode(services, lot, depth),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** A share is a quotient that is made when somebody asks; the ledger keeps quantities. */
function shareNode({ origin, quantity }: Share, of: number): Node {
  return { origin, quantity, of, fraction: quantity / of };
}

/** A transformation. */
export function transformationNode(services: Services, row: TransformationTable): Node {
  const record = JSON.parse(row.record) as TransformationRecord;
  const { origin } = services.reader;
  return {
    ...record,
    id: record.transformation,
    inputs: record.inputs.map(({ lot, quantity, shares }) => ({
      lot: async () => {
        const input = await origin.lot(lot);
        return input && lotNode(services, input);
      },
      quantity,
      shares: shares.map((share) => shareNode(share, quantity)),
    })),
    outputs: async () => (await origin.lots(record.outputs)).map((lot) => lotNode(services, lot)),
    statement: async () => (await origin.statementIds(record.statement ? [record.statement] : []))[0],
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

function certificateNode(services: Services, row: CertificateTable): Node {
  const record = JSON.parse(row.record) as CertificateRecord;
  return {
    ...record,
    id: record.certificate,
    issuer: record.certificate.split(':')[0],
    commitments: record.commitments ?? [],
    lot: async () => {
      const lot = await services.reader.origin.lot(record.lot);
      return lot && lotNode(services, lot);
    },
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** What went of a lot with a consignment. */
export function drawdownNode(services: Services, row: DrawdownTable): Node {
  const record = JSON.parse(row.record) as DrawdownRecord;
  const { origin } = services.reader;
  return {
    ...record,
    shares: record.shares.map((share) => shareNode(share, record.quantity)),
    lot: async () => {
      const lot = await origin.lot(record.lot);
      return lot && lotNode(services, lot);
    },
    certificate: async () => {
      const certificate = row.certificate === null ? undefined : await origin.certificate(row.certificate);
      return certificate && certificateNode(services, certificate);
    },
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** Where a lot comes from: the way back, the certificates on it, and every event that the answer rests on. */
async function originNode(services: Services, lot: string, depth: number): Promise<Node> {
  if (depth < 0 || depth > MOST_DEPTH) {
    const message = `\`depth\` is ${String(depth)}; an answer goes back 0 to ${String(MOST_DEPTH)} transformations`;
    throw gatewayError('BAD_ARGUMENT', message, {
      next: 'Ask for less, and go on from the lots at the end.',
    });
  }
  const { origin } = services.reader;
  const { trace, lots, transformations } = await tracedOrigin(origin, lot, depth);
  const steps = trace.steps.flatMap(({ lot: id, depth: at }) => {
    const found = lots.get(id);
    return found ? [{ depth: at, ...found }] : [];
  });
  const certificates = await origin.certificatesOf(steps.map(({ row }) => row.lot));
  // A lot that was made came with its transformation, which a command or a statement has told.
  const claimed = steps.filter(({ record }) => record.transformation === undefined);
  const made = [...transformations.values()];
  const first = await origin.firstEvents([
    ...claimed.map(({ row }) => keys.lot(row.lot)),
    ...certificates.map(({ certificate }) => keys.certificate(certificate)),
  ]);
  const commands = made.filter(({ record }) => record.statement === undefined).map(({ row }) => row);
  const statements = await origin.statementIds([
    ...made.flatMap(({ record }) => record.statement ?? []),
    ...steps.flatMap(({ record }) => record.witnesses ?? []),
  ]);
  const acts = [...first, ...commands, ...certificates];
  return {
    steps: steps.map(({ depth: at, row }) => ({ depth: at, lot: lotNode(services, row) })),
    certificates: certificates.map((row) => certificateNode(services, row)),
    events: [...new Set([...acts.map((row) => `${row.transaction_id}/0`), ...statements])],
    complete: !trace.cut,
    verification: () => answerVerification(services),
  };
}

/** What went with a consignment, of which lots. */
export function drawdownsFor(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  return connection(services.reader.origin.drawdownsFor(ucr), page, (row) => drawdownNode(services, row));
}

async function lotById(_: unknown, { id }: { id: string }, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.origin.lot(id);
  return row ? lotNode(context, row) : null;
}

async function certificateById(
  _: unknown,
  { id }: { id: string },
  context: GatewayContext,
): Promise<Node | null> {
  const row = await context.reader.origin.certificate(id);
  return row ? certificateNode(context, row) : null;
}

async function lotResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.origin.lot(text(result.lot));
  return { lot: row && lotNode(context, row) };
}

async function transformationResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const [row] = await context.reader.origin.transformations([text(result.transformation)]);
  return { transformation: row && transformationNode(context, row) };
}

async function certificateResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.origin.certificate(text(result.certificate));
  return { certificate: row && certificateNode(context, row) };
}

async function drawdownResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.origin.drawdown(text(result.lot), Number(result.number));
  return { drawdown: row && drawdownNode(context, row) };
}

/** Fields of `Query` that are about origin. */
export const originQueries = { lot: lotById, certificate: certificateById };

/** Acts upon lots and certificates of origin. */
export const originMutations = {
  registerLot: act('RegisterLot', partyActor, lotResult),
  offerLot: act('OfferLot', partyActor, lotResult),
  acceptLot: act('AcceptLot', partyActor, lotResult),
  rejectLot: act('RejectLot', partyActor, lotResult),
  withdrawLotOffer: act('WithdrawLotOffer', partyActor, lotResult),
  transformLots: act('TransformLots', partyActor, transformationResult),
  shipLot: act('ShipLot', partyActor, drawdownResult),
  issueCertificate: act('IssueCertificate', partyActor, certificateResult),
  suspendCertificate: act('SuspendCertificate', partyActor, certificateResult),
  resumeCertificate: act('ResumeCertificate', partyActor, certificateResult),
  withdrawCertificate: act('WithdrawCertificate', partyActor, certificateResult),
  drawDownCertificate: act('DrawDownCertificate', partyActor, drawdownResult),
};
