import { encode } from '../codec/index.js';
import { KVMetadataWrite } from '../proto/index.js';
import type { KeySet, MetadataWrite, ReadWriteSet, Write } from '../rwset/index.js';
import type { StateUpdate, Version } from '../state/index.js';
import type { PendingUpdates } from './pending-updates.js';

/**
 * What a transaction does to one key. Fabric adds these up instead of or-ing them
 * (Fabric: core/ledger/kvledger/txmgmt/validation/tx_ops.go), so a write set that names a key twice, which only colluding
 * endorsers can make, means something odd; all peers agree on it, and so do we.
 */
const UPSERT = 1;
const METADATA_UPDATE = 2;
const METADATA_DELETE = 4;
const DELETE = 8;

interface KeyOperation {
  flags: number;
  value?: Uint8Array;
  metadata?: Uint8Array;
}

/** Adds the writes of a valid transaction to the block's updates, and says what they came to, key by key. */
export function applyWrites(sets: ReadWriteSet, version: Version, pending: PendingUpdates): StateUpdate[] {
  return sets.flatMap((set) =>
    [set, ...set.collections].flatMap((keySet) => applyKeySet(keySet, version, pending)),
  );
}

function applyKeySet(set: KeySet, version: Version, pending: PendingUpdates): StateUpdate[] {
  const operations = new Map<string, KeyOperation>();
  for (const write of set.writes) addWrite(operations, write);
  for (const write of set.metadataWrites) addMetadataWrite(operations, write);
  const updates = [...operations].flatMap(([key, operation]): StateUpdate | [] => {
    const left = outcome(operation, set.namespace, key, pending);
    return left === undefined ? [] : { namespace: set.namespace, key, version, ...left };
  });
  for (const update of updates) pending.put(update);
  return updates;
}

function operationOn(operations: Map<string, KeyOperation>, key: string): KeyOperation {
  const operation = operations.get(key) ?? { flags: 0 };
  operations.set(key, operation);
  return operation;
}

function addWrite(operations: Map<string, KeyOperation>, { key, value }: Write): void {
  const operation = operationOn(operations, key);
  operation.flags += value === undefined ? DELETE : UPSERT;
  if (value !== undefined) operation.value = value;
}

function addMetadataWrite(operations: Map<string, KeyOperation>, { key, entries }: MetadataWrite): void {
  const operation = operationOn(operations, key);
  operation.flags += entries.length === 0 ? METADATA_DELETE : METADATA_UPDATE;
  if (entries.length > 0) operation.metadata = encode(KVMetadataWrite, { entries });
}

/** Value and metadata after the operation; {} deletes the key, undefined leaves it as it is. */
function outcome(
  { flags, value, metadata }: KeyOperation,
  namespace: string,
  key: string,
  pending: PendingUpdates,
): { value?: Uint8Array; metadata?: Uint8Array } | undefined {
  if ((flags & DELETE) !== 0) return {};
  if ((flags & UPSERT) !== 0 && (flags & (METADATA_UPDATE | METADATA_DELETE)) !== 0)
    return entry(value, metadata);
  const latest = pending.latest(namespace, key);
  if (flags === UPSERT) return entry(value, latest?.metadata);
  // Metadata alone keeps the value and still raises the version. On an absent key there is nothing to hang it on.
  return latest && entry(latest.value, metadata);
}

function entry(value?: Uint8Array, metadata?: Uint8Array): { value?: Uint8Array; metadata?: Uint8Array } {
  return { ...(value !== undefined && { value }), ...(metadata !== undefined && { metadata }) };
}
