import { isForged } from '@passage/domain';
import { endorsingOrganizations } from '@passage/ledger';
import type { TransactionVerdict, VerifiedBlock } from '@passage/ledger';
import type { AuditDifference } from './report.js';

/** What came of looking at the writes of one block that only customs may make. */
export interface CustomsWord {
  /** How many there were. */
  readonly checked: number;
  readonly differences: readonly AuditDifference[];
}

/**
 * Fabric keeps a key of customs once it is there with its policy; who made it, Fabric does not ask. So every valid write of
 * what only customs may say is held against the endorsers of its own transaction.
 */
export function checkCustomsWord(
  block: number,
  { head, verdict }: VerifiedBlock,
  chaincode: string,
): CustomsWord {
  const found = verdict.transactions.map((transaction) => {
    const keys = customsWrites(transaction, chaincode, []);
    if (keys.length === 0) return { checked: 0, differences: [] };
    const endorsers = transaction.transaction
      ? endorsingOrganizations(transaction.transaction, head.config.msps)
      : [];
    const forged = customsWrites(transaction, chaincode, endorsers);
    const differences = forged.map((key) => forgery(block, transaction.index, key, endorsers));
    return { checked: keys.length, differences };
  });
  return {
    checked: found.reduce((sum, { checked }) => sum + checked, 0),
    differences: found.flatMap(({ differences }) => differences),
  };
}

/** The keys of a transaction that would be forged with these endorsers. */
function customsWrites(
  { writes }: TransactionVerdict,
  chaincode: string,
  endorsers: readonly string[],
): readonly string[] {
  return writes.flatMap(({ namespace, key, value }) =>
    namespace === chaincode && value !== undefined && isForged(key, value, endorsers) ? [key] : [],
  );
}

function forgery(
  block: number,
  transaction: number,
  key: string,
  endorsers: readonly string[],
): AuditDifference {
  return {
    block,
    transaction,
    check: 'customs-word',
    expected: `${key} endorsed by customs and one of port, business`,
    found: endorsers.join(', ') || 'no good endorsement',
  };
}
