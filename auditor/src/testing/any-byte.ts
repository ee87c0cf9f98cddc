import { LedgerError, MemoryState, readBlock, startChain, toHex, verifyNextBlock } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import type { Kind } from '@passage/ledger/generator';
import type { ChainHead, RawBlock, VerifiedBlock } from '@passage/ledger';
import { nodeKey } from './node-key.js';

/** What became of a chain of which one byte was changed. */
export type Outcome = 'refused' | 'detected' | 'same';

/** A block of a good chain, and all that is needed to judge what somebody made of its bytes. */
export interface Target {
  readonly bytes: Uint8Array;
  /** @throws Error if the changed block passes with another verdict than the good one */
  outcomeOf(changed: Uint8Array): Outcome;
}

/** Judges changed bytes in place of each block of a small chain in turn; `visit` gets one target after another. */
export function forEachBlock(script: readonly Kind[], visit: (target: Target) => void): void {
  const { genesisHash, ...chain } = generateChain({
    newKey: nodeKey,
    script,
    perBlock: 2,
    organizations: ['alder', 'birch'],
    valueBytes: 8,
  });
  const state = new MemoryState();
  const known = new Set<string>();
  let head: ChainHead | undefined;
  for (const { bytes } of chain.blocks()) {
    const before = head;
    const judge = (block: RawBlock): VerifiedBlock =>
      before === undefined
        ? startChain(block, genesisHash)
        : verifyNextBlock(before, block, state, { isKnownTransaction: (txId) => known.has(txId) });
    const good = judge(readBlock(bytes));
    const verdict = fingerprint(good);
    visit({ bytes, outcomeOf: (changed) => outcomeOf(changed, judge, verdict) });
    head = good.head;
    state.apply(good.verdict.updates);
    for (const { txId } of good.verdict.transactions) known.add(txId);
  }
}

function outcomeOf(changed: Uint8Array, judge: (block: RawBlock) => VerifiedBlock, good: string): Outcome {
  let verified: VerifiedBlock;
  try {
    verified = judge(readBlock(changed));
  } catch (error) {
    if (error instanceof LedgerError) return 'refused';
    throw error;
  }
  if (verified.differences.length > 0) return 'detected';
  if (fingerprint(verified) !== good) throw new Error('a changed block passes with another verdict');
  return 'same';
}

/** Everything that anybody could rely on: the verdicts, the state that follows, the head. */
function fingerprint({ head, verdict }: VerifiedBlock): string {
  const { height, headerHash, commitHash, configBlock, configEnvelope } = head;
  const transactions = verdict.transactions.map(({ code, txId }) => [code, txId]);
  const updates = verdict.updates.map(({ value, metadata, ...rest }) => ({
    ...rest,
    value: value && toHex(value),
    metadata: metadata && toHex(metadata),
  }));
  const hashes = [headerHash, commitHash, configEnvelope, verdict.flags].map(toHex);
  return JSON.stringify({ height, configBlock, hashes, transactions, updates });
}
