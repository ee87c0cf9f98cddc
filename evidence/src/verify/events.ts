import { decodeBase64url } from '@passage/domain';
import { equalBytes, fromHex, recover } from '@passage/ledger';
import { bareEnvelope } from '../bundle/index.js';
import { eventLeaf } from '../events/index.js';
import { verifyInclusion } from '../tree/index.js';
import { readStatementEvent } from './statement-event.js';
import { ReadTransactions, readUnderAny } from './read-transactions.js';
import { fails, holds } from './verdict.js';
import type { BundleEvent, EvidenceBundle } from '../bundle/index.js';
import type { LedgerEvent, LedgerTransaction } from '../events/index.js';
import type { Blocks } from './blocks.js';
import type { Configurations } from './configurations.js';
import type { StatementEvent } from './statement-event.js';
import type { GoodHead } from './tree-head.js';
import type { ReadTransaction } from './read-transactions.js';
import type { VerdictLine } from './verdict.js';

/** What verifying one event leaves for the steps behind it. */
export interface JudgedEvent {
  readonly lines: readonly VerdictLine[];
  readonly statement?: StatementEvent;
  readonly transaction?: LedgerTransaction;
  /** Other consignments that a command is about, too. */
  readonly besides?: readonly string[];
  /** Number of its block, where the bundle shows it. */
  readonly block?: number;
}

/** What events are held against. */
export interface EventContext {
  readonly bundle: EvidenceBundle;
  readonly configurations: Configurations;
  readonly blocks: Blocks;
  readonly head?: GoodHead;
}

/** Each event: where it stands, that it is what the bundle shows, and that it is about the consignment. */
export function verifyEvents(context: EventContext): readonly JudgedEvent[] {
  const seen = new Set<string>();
  const transactions = new ReadTransactions();
  return context.bundle.events.map((event) => {
    if (seen.has(event.id)) return failed('EVENT_REPEATED', 'it stands there twice', event);
    seen.add(event.id);
    return context.bundle.kind === 'blocks' ? inBlock(event, context, transactions) : inTree(event, context);
  });
}

function failed(code: Parameters<typeof fails>[1], text: string, { id }: BundleEvent): JudgedEvent {
  return { lines: [fails('event', code, text, id)] };
}

/** An event of a bundle of blocks: its transaction stands in one of them. */
function inBlock(
  event: BundleEvent,
  { bundle, blocks }: EventContext,
  transactions: ReadTransactions,
): JudgedEvent {
  const { id, block: number, transaction: position, jws, ...more } = event;
  if (number === undefined || position === undefined || Object.keys(more).length > 0) {
    return failed(
      'EVENT_ALTERED',
      'an event of a bundle of blocks has a block and a place in it, and nothing of proofs',
      event,
    );
  }
  const good = blocks.good.get(number);
  const envelope = good?.block.envelopes[position];
  if (good === undefined || envelope === undefined) {
    return failed(
      'EVENT_NOT_INCLUDED',
      `no block of the bundle that holds has a transaction ${position} in block ${number}`,
      event,
    );
  }
  const read = transactions.read(envelope, good.config);
  if (typeof read === 'string') return failed('TRANSACTION_BROKEN', read, event);
  const found = read.events.get(id);
  if (found === undefined || found.jws !== jws) {
    return failed('EVENT_ALTERED', `transaction ${position} of block ${number} has no such event`, event);
  }
  const place = holds('event', `it stands in block ${number}, transaction ${position}`, id);
  const judged = jws === undefined ? command(found, read, bundle) : statement(event, jws, bundle);
  return { ...judged, lines: [place, ...judged.lines], transaction: read.transaction, block: number };
}

/** An event of a bundle of proofs: a path leads from its id to the root that somebody signed. */
function inTree(event: BundleEvent, { bundle, configurations, head }: EventContext): JudgedEvent {
  const { id, leaf, path, jws, envelope, ...more } = event;
  const isWhole =
    leaf !== undefined && path !== undefined && (jws === undefined) !== (envelope === undefined);
  if (!isWhole || Object.keys(more).length > 0) {
    return failed(
      'EVENT_ALTERED',
      'an event of a bundle of proofs has a place, a path, and a statement or a transaction',
      event,
    );
  }
  const isIncluded =
    head !== undefined &&
    verifyInclusion({
      leaf: eventLeaf(id),
      index: leaf,
      size: head.head.size,
      proof: path.map((hash) => decodeBase64url(hash) ?? new Uint8Array()),
      root: fromHex(head.head.root),
    });
  if (!isIncluded)
    return failed('EVENT_NOT_INCLUDED', 'its path does not lead to the root of a signed tree head', event);
  const place = holds('event', `it is event ${leaf} of the tree`, id);
  if (jws !== undefined) {
    const judged = statement(event, jws, bundle);
    return { ...judged, lines: [place, ...judged.lines] };
  }
  const read = readAlone(envelope ?? '', configurations);
  if (typeof read === 'string') return failed('TRANSACTION_BROKEN', read, event);
  const found = read.events.get(id);
  if (found === undefined) {
    return failed('EVENT_ALTERED', 'the transaction is another one than its id says', event);
  }
  const judged = command(found, read, bundle);
  return { ...judged, lines: [place, ...judged.lines], transaction: read.transaction };
}

/** A transaction without its block. No hash covers it here: what is beside payload and signature, nobody has said. */
function readAlone(envelope: string, { newestFirst }: Configurations): ReadTransaction | string {
  const bytes = decodeBase64url(envelope) ?? new Uint8Array();
  const isBare = recover(
    () => equalBytes(bareEnvelope(bytes), bytes),
    () => false,
  );
  return isBare ? readUnderAny(bytes, newestFirst) : 'it holds more than its submitter has signed';
}

function command(
  { id, consignments }: LedgerEvent,
  { transaction, endorsers, chaincode }: ReadTransaction,
  { ucr }: EvidenceBundle,
): JudgedEvent {
  if (!consignments.includes(ucr)) {
    return { lines: [fails('event', 'EVENT_FOREIGN', `it is not about consignment ${ucr}`, id)] };
  }
  const act = transaction.call?.command ?? 'a transaction';
  const [forged] = transaction.forged ?? [];
  if (forged !== undefined) {
    const text = `it writes what only customs may say (${forged.key}), and no peer of customs and of another organisation endorsed it`;
    return { lines: [fails('transaction', 'CUSTOMS_FORGED', text, id)] };
  }
  const text = `${act} of chaincode ${chaincode}: submitted and endorsed by who signed it: peers of ${endorsers.join(', ')}`;
  return { lines: [holds('transaction', text, id)], besides: consignments.filter((one) => one !== ucr) };
}

function statement({ id }: BundleEvent, jws: string, bundle: EvidenceBundle): JudgedEvent {
  const read = readStatementEvent(id, jws, bundle);
  return 'check' in read ? { lines: [read] } : { lines: [read.line], statement: read.statement };
}
