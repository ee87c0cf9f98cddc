import { endorsingOrganizations, recover, verifyBlockSignatures } from '@passage/ledger';
import type { ChannelConfig, RawBlock, TransactionVerdict } from '@passage/ledger';
import type { AuditDifference } from './report.js';

/** What was judged of a block. */
interface Judged {
  readonly differences: readonly AuditDifference[];
}

/**
 * The same, and of each difference who signed what differs: who endorsed the transaction, or who ordered the block.
 *
 * @param config by which the block was judged.
 */
export function withSigners<Of extends Judged>(
  judged: Of,
  block: RawBlock,
  config: ChannelConfig,
  transactions: readonly TransactionVerdict[] = [],
): Of & Judged {
  const differences = judged.differences.map((difference) => {
    if (difference.signedBy !== undefined) return difference;
    const transaction = transactions[difference.transaction ?? -1]?.transaction;
    const signedBy = transaction
      ? endorsingOrganizations(transaction, config.msps)
      : recover<readonly string[], readonly string[]>(
          () => verifyBlockSignatures(block, config).mspIds,
          () => [],
        );
    return { ...difference, signedBy };
  });
  return { ...judged, differences };
}
