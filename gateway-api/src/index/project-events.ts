import { eventLeaf, eventsOf, recordsNaming } from '@passage/evidence';

import type { GrowingTree } from './growing-tree.js';
import type { ReadStatement } from './read-once.js';
import type { BlockRows } from './rows.js';
import type { VerifiedBlock } from './verified-block.js';

/** Adds the rows of a block's events, of the consignments that they are about, and of the nodes that they complete in the tree. */
export function eventRows(
  block: VerifiedBlock,
  tree: GrowingTree,
  rows: BlockRows,
  read?: ReadStatement,
): void {
  ledgerEventRows(block, tree.size, rows, read);
  const leaves = rows.ledger_event.map(({ event_id }) => eventLeaf(event_id));
  treeRows(leaves, tree, block.number, rows);
}

/** Adds the rows of the nodes that a block's leaves complete. */
export function treeRows(
  leaves: readonly Uint8Array[],
  tree: GrowingTree,
  block: number,
  rows: BlockRows,
): void {
  for (const leaf of leaves)
    for (const { level, index, hash } of tree.append(leaf))
      rows.tree_node.push({ level, number: index, hash, block });
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
