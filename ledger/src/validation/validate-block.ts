import { TxValidationCode } from '../proto/index.js';
import { applyWrites } from './apply-updates.js';
import { commitHash } from './commit-hash.js';
import { findConflict } from './conflicts.js';
import { findDuplicates } from './duplicate-ids.js';
import { ApplicationPolicies } from './endorsers.js';
import { judgeTransaction } from './judge-transaction.js';
import { KeyPolicies } from './key-policies.js';
import { NamespacePolicies } from './namespace-policies.js';
import { PendingUpdates } from './pending-updates.js';
import { refuse } from './refusal.js';
import { updatesOf } from './updates-of.js';
import type { RawBlock } from '../block/index.js';
import type { Judged } from './judge-transaction.js';
import type { Refusal } from './refusal.js';
import type { BlockVerdict, TransactionVerdict, ValidationContext } from './verdict.js';

/**
 * Judges a block as a peer of Fabric v3.1.5 does (application capability V2_0 and later, LevelDB): first every
 * transaction for itself, against the state before the block; then what they read, one after another in the order of the
 * block. Pure: the state is left as it is, `updates` say what to make of it.
 *
 * Hash, link and orderers' signatures of the block are not looked at here, see `verifyNextBlock`. No envelope makes this
 * stop: one that nobody can read gets its code like any other.
 */
export function validateBlock(block: RawBlock, context: ValidationContext): BlockVerdict {
  const { config, state, previousCommitHash } = context;
  const policies = new NamespacePolicies(config, state);
  const rules = {
    config,
    configOptions: context.configOptions ?? {},
    applicationPolicies: new ApplicationPolicies(config),
    policies,
    keyPolicies: new KeyPolicies(state),
    isKnownTransaction: (txId: string) => context.isKnownTransaction(txId),
  };
  const judged = block.envelopes.map((bytes, index) =>
    judgeTransaction(bytes, rules, context.goodSignatures?.[index] ?? 0),
  );
  const pending = new PendingUpdates(state);
  const transactions = settle(block.header.number, judged, context, pending);

  const flags = Uint8Array.from(transactions, ({ code }) => code);
  const newConfig = judged.findLast((transaction) => transaction.newConfig !== undefined)?.newConfig;
  return {
    flags,
    transactions,
    commitHash: commitHash(flags, pending, previousCommitHash),
    updates: updatesOf(block.header.number, pending, state, policies),
    ...(newConfig && { config: newConfig }),
  };
}

/** The second pass, in the order of the block: duplicates, conflicts, and the writes of what is left. */
function settle(
  block: number,
  judged: readonly Judged[],
  { state }: ValidationContext,
  pending: PendingUpdates,
): TransactionVerdict[] {
  const duplicates = findDuplicates(judged.map(({ verdict }) => verdict));
  return judged.map(({ verdict }, index) => {
    const conflict = findNeighbourConflict(verdict, index);
    const isValid = verdict.code === TxValidationCode.VALID && conflict === undefined;
    const writes = isValid ? applyWrites(verdict.sets, { block, tx: index }, pending) : [];
    return { index, ...verdict, ...conflict, writes };
  });

  function findNeighbourConflict({ code, sets }: Judged['verdict'], index: number): Refusal | undefined {
    if (code !== TxValidationCode.VALID) return undefined;
    if (duplicates.has(index)) {
      return refuse(TxValidationCode.DUPLICATE_TXID, 'its id stands earlier in the block');
    }
    return findConflict(sets, state, pending);
  }
}
