import { eventLeaf, eventsOf, nodesOfLeaf, recordsNaming } from '@passage/evidence';
import type { TreeNodes } from '@passage/evidence';

import type { ReadStatement } from './read-once.js';
import type { BlockRows } from './rows.js';
import type { VerifiedBlock } from './verified-block.js';

/** The tree as it stands before a block: how many leaves it has, and its nodes. */
export interface TreeBefore {
  readonly size: number;
  readonly nodes: TreeNodes;
}

/** Adds the rows of a block's events, of the consignments that they are about, and of the nodes that they complete in the tree. */
export function eventRows(
  block: VerifiedBlock,
  { size, nodes }: TreeBefore,
  rows: BlockRows,
  read?: ReadStatement,
): void {
  ledgerEventRows(block, size, rows, read);
  const fresh = new Map<string, Uint8Array>();
  const all: TreeNodes = {
    get: (level, number) => fresh.get(nodeKey(level, number)) ?? nodes.get(level, number),
  };
  for (const { leaf, event_id } of rows.ledger_event) {
    for (const { level, index, hash } of nodesOfLeaf(leaf, eventLeaf(event_id), all)) {
      fresh.set(nodeKey(level, index), hash);
      rows.tree_node.push({ level, number: index, hash, block: block.number });
    }
  }
}

/** Adds the rows of a block's events without the tree over them; `leaf` is the place of the first. */
export function ledgerEventRows(
  block: Pick<VerifiedBlock, 'number' | 'transactions'>,
  leaf: number,
  rows: BlockRows,
  read?: ReadStatement,
): void {
  for (const transaction of block.transactions) {
    const { transactionId: transaction_id, position } = transaction;
    const origin = { block: block.number, position, transaction_id };
    const naming = transaction.code === 0 ? recordsNaming(transaction) : [];
    for (const { id, index, kid, consignments } of eventsOf(transaction, { naming, ...(read && { read }) })) {
      rows.ledger_event.push({ leaf, event_id: id, item: index, kid: kid ?? null, ...origin });
      for (const ucr of consignments) rows.event_about.push({ ucr, leaf, ...origin });
      leaf++;
    }
    rows.record_naming.push(...naming.map(({ ucr, key }) => ({ ucr, key, ...origin })));
  }
}

function nodeKey(level: number, number: number): string {
  return `${String(level)}/${String(number)}`;
}
