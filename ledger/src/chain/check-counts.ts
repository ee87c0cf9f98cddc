import { HeaderType, TxValidationCode } from '../proto/index.js';
import type { BlockVerdict, TransactionVerdict } from '../validation/index.js';
import type { Claims } from './claims.js';
import type { Check } from './difference.js';

export type CheckCounts = Readonly<Partial<Record<Check, number>>>;

/** Codes of transactions that got as far as the question whether what they read still holds. */
const ORDERED: readonly number[] = [
  TxValidationCode.VALID,
  TxValidationCode.MVCC_READ_CONFLICT,
  TxValidationCode.PHANTOM_READ_CONFLICT,
];

/** Codes of transactions that failed before anybody looked at the creator. */
const UNREADABLE: readonly number[] = [TxValidationCode.BAD_PAYLOAD, TxValidationCode.BAD_COMMON_HEADER];

/** How often each check was made in a block that follows another. A transaction that fails one reaches no later one. */
export function countChecks({ transactions }: BlockVerdict, claims: Claims): CheckCounts {
  const count = (reached: (transaction: TransactionVerdict) => boolean): number =>
    transactions.filter(reached).length;
  return {
    'data-hash': 1,
    'chain-link': 1,
    'orderer-quorum': 1,
    form: transactions.length,
    'creator-signature': count(({ creator, code }) => creator !== undefined && !UNREADABLE.includes(code)),
    'endorsement-policy': count(({ transaction }) => transaction !== undefined),
    versions: count(({ type, code }) => type === HeaderType.ENDORSER_TRANSACTION && ORDERED.includes(code)),
    'commit-hash': claims.commitHash === undefined ? 0 : 1,
  };
}
