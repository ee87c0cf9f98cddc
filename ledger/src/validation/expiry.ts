import { findCollection } from '../lifecycle/index.js';
import { EXPIRY_NAMESPACE, parseHashNamespace } from '../state/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { StateReader, StateUpdate } from '../state/index.js';

type FindDefinition = (chaincode: string) => ChaincodeDefinition | undefined;

const MARK = Uint8Array.of(1);
/** Enough hexadecimal digits for any block number, so that keys sort as numbers do. */
const DIGITS = 14;

/**
 * The bookkeeping of blockToLive (Fabric: core/ledger/kvledger/txmgmt/pvtstatepurgemgmt): a private hash written in block n
 * leaves the state when block n + blockToLive + 1 is committed. That block itself still sees it, nothing of it enters a
 * commit hash, and a later write of the key starts a new life.
 */
export function scheduleExpiry(updates: Iterable<StateUpdate>, definitionOf: FindDefinition): StateUpdate[] {
  const schedule: StateUpdate[] = [];
  for (const { namespace, key, version, value } of updates) {
    const life = value === undefined ? 0 : blockToLive(namespace, definitionOf);
    if (life === 0) continue;
    const scheduled = `${blockPrefix(version.block + life + 1)}${namespace}/${key}`;
    schedule.push({ namespace: EXPIRY_NAMESPACE, key: scheduled, version, value: MARK });
  }
  return schedule;
}

/** Deletes what expires with this block, unless it was written again since, and clears it from the schedule. */
export function expireHashes(
  block: number,
  state: StateReader,
  isWritten: (namespace: string, key: string) => boolean,
): StateUpdate[] {
  const prefix = blockPrefix(block);
  const expired: StateUpdate[] = [];
  const version = { block, tx: 0 };
  for (const [scheduled, { version: written }] of state.range(
    EXPIRY_NAMESPACE,
    prefix,
    blockPrefix(block + 1),
  )) {
    expired.push({ namespace: EXPIRY_NAMESPACE, key: scheduled, version });
    const target = scheduled.slice(prefix.length);
    const namespace = target.slice(0, target.lastIndexOf('/'));
    const key = target.slice(namespace.length + 1);
    const current = state.get(namespace, key)?.version.block;
    if (current === written.block && !isWritten(namespace, key)) expired.push({ namespace, key, version });
  }
  return expired;
}

function blockToLive(namespace: string, definitionOf: FindDefinition): number {
  const hashed = parseHashNamespace(namespace);
  const definition = hashed && definitionOf(hashed.chaincode);
  return (definition && findCollection(definition, hashed.collection)?.blockToLive) ?? 0;
}

function blockPrefix(block: number): string {
  return `${block.toString(16).padStart(DIGITS, '0')}/`;
}
