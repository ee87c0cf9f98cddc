import { TxValidationCode } from '../proto/index.js';
import { findRangeConflict } from './range-conflicts.js';
import { findReadConflict } from './read-conflicts.js';
import { refuse } from './refusal.js';
import type { ReadWriteSet } from '../rwset/index.js';
import type { StateReader } from '../state/index.js';
import type { PendingUpdates } from './pending-updates.js';
import type { Refusal } from './refusal.js';

/**
 * Whether what a transaction read still holds, chaincode by chaincode: public reads, ranges, private reads; the first
 * that does not hold gives the code (Fabric: core/ledger/kvledger/txmgmt/validation/validator.go, validateTx).
 */
export function findConflict(
  sets: ReadWriteSet,
  state: StateReader,
  pending: PendingUpdates,
): Refusal | undefined {
  for (const set of sets) {
    const read = findReadConflict(set, state, pending);
    if (read !== undefined) return refuse(TxValidationCode.MVCC_READ_CONFLICT, read);
    const range = findRangeConflict(set, pending);
    if (range !== undefined) return refuse(TxValidationCode.PHANTOM_READ_CONFLICT, range);
    for (const collection of set.collections) {
      const hashed = findReadConflict(collection, state, pending);
      if (hashed !== undefined) return refuse(TxValidationCode.MVCC_READ_CONFLICT, hashed);
    }
  }
  return undefined;
}
