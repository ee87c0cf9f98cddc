import {
  BlockMetadataIndex,
  describeDifference,
  encode,
  headerHash,
  Metadata,
  startChain,
  toHex,
  verifyNextBlock,
  withMetadata,
  type BlockVerdict,
  type ChainHead,
  type ChainKnowledge,
  type RawBlock,
  type StateReader,
  type VerifiedBlock,
} from '@passage/ledger';

import { NetworkError } from '../errors.js';
import type { CommittedBlock } from '../network.js';
import type { BlockEffects } from './state-store.js';

/** A block with a peer's word on it, and all that follows from it. */
export interface JudgedBlock {
  /** With TRANSACTIONS_FILTER and COMMIT_HASH in its metadata, as it goes to disk. */
  readonly block: RawBlock;
  readonly verdict: BlockVerdict;
  /** The chain with this block on it. */
  readonly head: ChainHead;
  /** Everything that the state keeps of it, but where it lies. */
  readonly effects: Omit<BlockEffects, 'place'>;
}

/**
 * Judges the block that follows `head`, as any reader of the chain would: link, orderers, transactions, and what the block
 * says of them where it says something. Block 0 is taken as it is: nothing before it could judge it.
 *
 * @throws NetworkError LEDGER_DAMAGED, with what does not fit
 */
export function judgeBlock(
  head: ChainHead | undefined,
  block: RawBlock,
  state: StateReader,
  knowledge: ChainKnowledge,
): JudgedBlock {
  const verified =
    head === undefined
      ? startChain(block, toHex(headerHash(block.header)), knowledge.configOptions)
      : verifyNextBlock(head, block, state, knowledge);
  const [difference] = verified.differences;
  if (difference !== undefined) throw damaged(describeDifference(difference));
  return judged(block, verified);
}

export function damaged(what: string): NetworkError {
  return new NetworkError(
    'LEDGER_DAMAGED',
    `the blocks on disk do not follow from one another (${what}): restore the block files, or start over with another --dir`,
  );
}

/** What listeners are told of a block. */
export function committed({ block, verdict }: JudgedBlock, bytes: Uint8Array): CommittedBlock {
  return {
    number: block.header.number,
    bytes,
    codes: verdict.flags,
    txIds: verdict.transactions.map(({ txId }) => txId),
  };
}

function judged(block: RawBlock, { verdict, head }: VerifiedBlock): JudgedBlock {
  const { flags, commitHash, updates, transactions } = verdict;
  const filtered = withMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER, flags);
  // Block 0 has no commit hash (F:core/ledger/kvledger/kv_ledger.go).
  const complete =
    commitHash.length === 0
      ? filtered
      : withMetadata(filtered, BlockMetadataIndex.COMMIT_HASH, encode(Metadata, { value: commitHash }));
  return {
    block: complete,
    verdict,
    head,
    effects: {
      number: block.header.number,
      headerHash: head.headerHash,
      commitHash,
      updates,
      touched: transactions.flatMap(({ index, writes }) =>
        writes.map(({ namespace, key }) => ({ namespace, key, tx: index })),
      ),
      transactions: transactions.flatMap(({ txId, index, code }) =>
        txId === '' ? [] : { id: txId, index, code },
      ),
    },
  };
}
