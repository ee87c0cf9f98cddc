import { expireHashes, scheduleExpiry } from './expiry.js';
import type { StateReader, StateUpdate } from '../state/index.js';
import type { NamespacePolicies } from './namespace-policies.js';
import type { PendingUpdates } from './pending-updates.js';

/** What a block does to the state: what its transactions have written, and the private hashes whose time is over with it. */
export function updatesOf(
  block: number,
  pending: PendingUpdates,
  state: StateReader,
  policies: NamespacePolicies,
): StateUpdate[] {
  return [
    ...pending,
    ...scheduleExpiry(pending, (chaincode) => policies.definition(chaincode)),
    ...expireHashes(block, state, (namespace, key) => pending.has(namespace, key)),
  ];
}
