import { createHash } from 'node:crypto';

import { readHeldOpenings, readJson } from '@passage/domain';
import type { BundleOpening } from '@passage/evidence';

import { gatewayError } from '../errors.js';
import { heldOpening } from './openings.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';

/** The head at a height, the newest unless one is given. */
async function treeHead(
  _: unknown,
  { height }: { height?: number | null },
  { heads, asOfBlock }: GatewayContext,
): Promise<Node> {
  return headNode(heads, height ?? asOfBlock + 1);
}

/** Where an event stands in the tree; null for one that is not there, or that the caller does not see. */
async function inclusionProof(
  _: unknown,
  { eventId, height }: { eventId: string; height?: number | null },
  { heads, whole, reader, asOfBlock }: GatewayContext,
): Promise<Node | null> {
  const at = height ?? asOfBlock + 1;
  const event = await whole.ledgerEvents.event(eventId);
  if (!event || event.block >= at) return null;
  const isStatement = event.kid !== null;
  if (isStatement && !(await reader.statements.statement(eventId))) return null;
  const head = await headNode(heads, at);
  const size = Number(head['size']);
  return {
    eventId,
    leaf: event.leaf,
    block: event.block,
    position: event.position,
    item: event.item,
    proof: await whole.ledgerEvents.inclusion(event.leaf, size),
    treeHead: head,
  };
}

async function consistencyProof(
  _: unknown,
  { first, second }: { first: number; second: number },
  { heads }: GatewayContext,
): Promise<Node> {
  return { first, second, proof: await heads.consistency(first, second) };
}

/** What is said of a consignment, whole, with the signatures of those who say the same; null for one that the caller does not see. */
async function shipmentStatement(
  _: unknown,
  { ucr, height }: { ucr: string; height?: number | null },
  { reader, statements, heads, asOfBlock }: GatewayContext,
): Promise<Node | null> {
  if (!(await reader.shipments.shipment(ucr))) return null;
  const at = height ?? asOfBlock + 1;
  await requireIndexed(at, heads);
  const { statement, signatures, notSigned } = await statements.gather(ucr, at);
  return { ...statement, signatures, notSigned };
}

/** A consignment's evidence in one file; null for one that the caller does not see, or of which nothing had happened then. */
async function evidenceBundle(
  _: unknown,
  args: {
    readonly ucr: string;
    readonly kind: keyof typeof bundleKinds;
    readonly height?: number | null;
    readonly disclose?: readonly string[] | null;
  },
  context: GatewayContext,
): Promise<Node | null> {
  const { ucr, kind } = args;
  const { reader, bundles, heads, asOfBlock } = context;
  if (!(await reader.shipments.shipment(ucr))) return null;
  const height = args.height ?? asOfBlock + 1;
  await requireIndexed(height, heads);
  const openings = await Promise.all(
    [...new Set(args.disclose)].map((commitment) => disclosed(commitment, context)),
  );
  const made = await bundles.make({ ucr, kind: bundleKinds[kind], height, reader, openings });
  if (made === undefined) return null;
  const { file, ...told } = made;
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { ucr, kind, height, ...told, file: Buffer.from(file).toString('utf8'), sha256 };
}

const bundleKinds = { BLOCKS: 'blocks', PROOFS: 'proofs' } as const;

/** The caller's own copy of an opening, as a bundle has it. */
async function disclosed(commitment: string, context: GatewayContext): Promise<BundleOpening> {
  const [held] = readHeldOpenings(readJson(await heldOpening(commitment, context)));
  if (held === undefined) throw new Error(`no opening of ${commitment} was given`);
  const { ledger, subject, owner, field, salt, value } = held;
  return { ledger, subject, owner, field, salt, value };
}

async function requireIndexed(height: number, heads: GatewayContext['heads']): Promise<void> {
  const indexed = await heads.height();
  if (height <= indexed) return;
  throw gatewayError('BLOCK_NOT_INDEXED', `the index holds ${String(indexed)} blocks`, {
    details: { indexed: indexed - 1 },
  });
}

async function headNode(heads: GatewayContext['heads'], height: number): Promise<Node> {
  const { head, signatures } = await heads.signed(height);
  return { ...head, signatures };
}

/** Fields of `Query` that give evidence which holds without this gateway (docs/sources.md). */
export const evidenceQueries = { inclusionProof, shipmentStatement, evidenceBundle };

/** The same of what tells nothing of goods. */
export const openEvidenceQueries = { treeHead, consistencyProof };
