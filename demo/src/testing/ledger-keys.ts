import { join } from 'node:path';
import { peerBlocks, profilePeer, readTrustFile } from '@passage/auditor';
import { type ChainHead, MemoryState, startChain, verifyNextBlock } from '@passage/ledger';

/**
 * How often each key with the prefix was written by a valid transaction, derived from the auditor's peer's blocks: a
 * statement that was recorded once has the count 1.
 */
export async function countWrites(dir: string, prefix: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const state = new MemoryState();
  const known = new Set<string>();
  let head: ChainHead | undefined;
  for await (const { block } of peerBlocks(profilePeer(join(dir, 'profile.json'), 'auditor')).blocks()) {
    const verified =
      head === undefined
        ? startChain(block, readTrustFile(join(dir, 'trust.json')))
        : verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) });
    head = verified.head;
    state.apply(verified.verdict.updates);
    for (const transaction of verified.verdict.transactions) {
      known.add(transaction.txId);
      for (const { key } of transaction.writes) {
        if (key.startsWith(prefix)) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return counts;
}
