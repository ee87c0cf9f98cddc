import { HeaderType, TxValidationCode } from '../proto/index.js';
import { applyWrites } from './apply-updates.js';
import { commitHash } from './commit-hash.js';
import { findConflict } from './conflicts.js';
import { findDuplicates } from './duplicate-ids.js';
import { expireHashes, scheduleExpiry } from './expiry.js';
import { judgeTransaction } from './judge-transaction.js';
import { KeyPolicies } from './key-policies.js';
import { NamespacePolicies } from './namespace-policies.js';
import { PendingUpdates } from './pending-updates.js';
import { refuse } from './refusal.js';
import { Signatures } from './signatures.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { BlockVerdict, TransactionVerdict, ValidationContext } from './verdict.js';
import type { Judged } from './judge-transaction.js';

/**
 * Judges a block as a peer of Fabric v3.1.5 does (application capabilities V2_0 and later, LevelDB): first every
 * transaction for itself and against the state before the block, then what they read, one after another in the order of
 * the block. Pure: the state is left as it is, `updates` say what to make of it.
 *
 * Hash, link and orderers' signatures of the block are not looked at here, see `verifyNextBlock`. No envelope makes this
 * stop: one that nobody can read gets its code like any other.
 */
export function validateBlock(block: RawBlock, context: ValidationContext): BlockVerdict {
  const { config, state, previousCommitHash } = context;
  const policies = new NamespacePolicies(config, state);
  const rules = {
    channel: config.channelId,
    signatures: new Signatures(config, context.verified),
    policies,
    keyPolicies: new KeyPolicies(state),
    isKnownTransaction: (txId: string) => context.isKnownTransaction(txId),
  };
  const judged = block.envelopes.map((bytes) => judgeTransaction(bytes, config, rules));
  const pending = new PendingUpdates(state);
  const transactions = orderTransactions(block.header.number, judged, context, pending);

  const flags = Uint8Array.from(transactions, ({ code }) => code);
  const newConfig = judged.findLast(({ newConfig }) => newConfig !== undefined)?.newConfig;
  const writes = [...pending];
  return {
    flags,
    transactions,
    commitHash: commitHash(flags, writes, previousCommitHash),
    updates: [
      ...writes,
      ...scheduleExpiry(writes, (chaincode) => policies.definition(chaincode)),
      ...expireHashes(block.header.number, state, (namespace, key) => pending.has(namespace, key)),
    ],
    ...(newConfig && { config: newConfig }),
  };
}

/** The second pass: duplicates, conflicts, and the writes of what is left, in the order of the block. */
function orderTransactions(
  block: number,
  judged: readonly Judged[],
  { state }: ValidationContext,
  pending: PendingUpdates,
): TransactionVerdict[] {
  const duplicates = findDuplicates(judged.map(({ verdict }) => verdict));
  return judged.map(({ verdict }, index) => {
    const refusal = duplicates.has(index)
      ? refuse(TxValidationCode.DUPLICATE_TXID, 'its id stands earlier in the block')
      : verdict.code === TxValidationCode.VALID
        ? findConflict(verdict.sets, state, pending)
        : undefined;
    const decided = { ...verdict, index, ...refusal };
    if (decided.code !== TxValidationCode.VALID) return { ...decided, writes: [] };
    return { ...decided, writes: applyWrites(verdict.sets, { block, tx: index }, pending) };
  });
}
