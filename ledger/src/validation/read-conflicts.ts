import { sameVersion } from '../state/index.js';
import type { KeySet } from '../rwset/index.js';
import type { StateReader } from '../state/index.js';
import type { PendingUpdates } from './pending-updates.js';

/**
 * The first read that no longer holds: a valid transaction earlier in the block wrote the key, or its version differs
 * from the one before the block (Fabric: core/ledger/kvledger/txmgmt/validation/validator.go, validateKVRead and
 * validateKVReadHash). Undefined if all hold.
 */
export function findReadConflict(
  set: KeySet,
  state: StateReader,
  pending: PendingUpdates,
): string | undefined {
  for (const { key, version } of set.reads) {
    if (pending.has(set.namespace, key)) return `${set.namespace} ${key}: written earlier in the block`;
    const found = state.get(set.namespace, key)?.version;
    if (!sameVersion(found, version)) {
      return `${set.namespace} ${key}: read at ${describe(version)}, found ${describe(found)}`;
    }
  }
  return undefined;
}

function describe(version: { block: number; tx: number } | undefined): string {
  return version === undefined ? 'absent' : `${version.block}/${version.tx}`;
}
