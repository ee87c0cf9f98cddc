import { TxValidationCode } from '../proto/index.js';

/**
 * Indexes of the transactions whose id stands earlier in the same block (Fabric: core/committer/txvalidator/v20/validator.go,
 * markTXIdDuplicates). Only those that are valid so far count: an invalid twin does not use up an id within its block,
 * while in later blocks it does.
 */
export function findDuplicates(
  transactions: readonly { readonly code: number; readonly txId: string }[],
): Set<number> {
  const seen = new Set<string>();
  const duplicates = new Set<number>();
  for (const [index, { code, txId }] of transactions.entries()) {
    if (code !== TxValidationCode.VALID || txId === '') continue;
    if (seen.has(txId)) duplicates.add(index);
    seen.add(txId);
  }
  return duplicates;
}
