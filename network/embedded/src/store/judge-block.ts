import {
  BlockMetadataIndex,
  channelConfigOf,
  encode,
  headerHash,
  Metadata,
  readEnvelope,
  TxValidationCode,
  validateBlock,
  withMetadata,
  type BlockVerdict,
  type RawBlock,
  type SignatureMemo,
  type ValidationContext,
} from '@passage/ledger';

import type { CommittedBlock } from '../network.js';
import type { BlockEffects } from './state-store.js';

/** A block with a peer's word on it, and all that follows from it. */
export interface JudgedBlock {
  /** With TRANSACTIONS_FILTER and COMMIT_HASH in its metadata, as it goes to disk. */
  readonly block: RawBlock;
  readonly verdict: BlockVerdict;
  /** Everything that the state keeps of it, but where it lies. */
  readonly effects: Omit<BlockEffects, 'place'>;
}

/** Validates a block against the state before it. */
export function judgeBlock(block: RawBlock, context: ValidationContext): JudgedBlock {
  return judged(block, validateBlock(block, context));
}

/** Block 0 is taken as it is: nothing before it could judge it, and it has no commit hash (F:kvledger/kv_ledger.go). */
export function acceptGenesis(block: RawBlock, memo: SignatureMemo): JudgedBlock {
  const txId = readEnvelope(block.envelopes[0] ?? new Uint8Array(0)).channelHeader?.txId ?? '';
  return judged(block, {
    flags: Uint8Array.of(TxValidationCode.VALID),
    transactions: [{ index: 0, code: TxValidationCode.VALID, txId, sets: [], writes: [] }],
    updates: [],
    commitHash: new Uint8Array(0),
    config: channelConfigOf(block, { memo }),
  });
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

function judged(block: RawBlock, verdict: BlockVerdict): JudgedBlock {
  const { flags, commitHash, updates, transactions } = verdict;
  const filtered = withMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER, flags);
  const complete =
    commitHash.length === 0
      ? filtered
      : withMetadata(filtered, BlockMetadataIndex.COMMIT_HASH, encode(Metadata, { value: commitHash }));
  return {
    block: complete,
    verdict,
    effects: {
      number: block.header.number,
      headerHash: headerHash(block.header),
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
