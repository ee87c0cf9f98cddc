import { endorsingOrganizations, Envelope, isCanonical, MemoryState, validateBlock } from '@passage/ledger';
import { ledgerTransaction } from '../events/index.js';
import type { ChannelConfig, TransactionVerdict } from '@passage/ledger';
import type { LedgerTransaction } from '../events/index.js';

/** A command's transaction, taken out of its block. */
export interface GoodTransaction {
  readonly transaction: LedgerTransaction;
  readonly chaincode: string;
  /** MSP ids of the organisations whose peers endorsed it. */
  readonly endorsers: readonly string[];
}

/**
 * A transaction by itself: form, id, submitter, what the endorsers signed, their signatures. Whether it satisfied the
 * policies and whether what it read still held needs the state before it, which no bundle has. A sentence where it does not hold.
 */
export function readTransactionAlone(envelope: Uint8Array, config: ChannelConfig): GoodTransaction | string {
  if (!isCanonical(Envelope, envelope)) return 'it could be written in another way';
  const verdict = judgedWithoutState(envelope, config);
  if (verdict?.transaction === undefined || verdict.chaincode === undefined) {
    return verdict?.reason ?? 'it is no transaction of a chaincode';
  }
  const endorsers = endorsingOrganizations(verdict.transaction, config.msps);
  if (endorsers.length === 0) return 'no peer of the channel has endorsed it';
  const { chaincode, sets } = verdict;
  const writes = sets
    .filter(({ namespace }) => namespace === chaincode)
    .flatMap((set) => set.writes.map((write) => ({ namespace: set.namespace, ...write })));
  const valid = { ...verdict, code: 0, writes: writes.map((write) => ({ ...write, version: NEVER })) };
  return { transaction: ledgerTransaction(valid, chaincode, config.msps), chaincode, endorsers };
}

const NEVER = { block: 0, tx: 0 };

/**
 * Fabric's own rules on an empty state, on which every transaction fails at the policy of its chaincode and none before it that
 * is well-formed and its submitter's: so far they judge, and no further.
 */
function judgedWithoutState(envelope: Uint8Array, config: ChannelConfig): TransactionVerdict | undefined {
  const block = {
    header: { number: 1, previousHash: new Uint8Array(), dataHash: new Uint8Array() },
    envelopes: [envelope],
    metadata: [],
  };
  const { transactions } = validateBlock(block, {
    config,
    state: new MemoryState(),
    isKnownTransaction: () => false,
    previousCommitHash: new Uint8Array(),
  });
  return transactions[0];
}
