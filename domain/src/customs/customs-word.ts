import type { DeviceRecord } from '../device/device-record.js';
import { customsMspId } from '../party/roles.js';
import { decodeRecord, entry, StateFormatError, type StateEntry } from '../state/codec.js';
import type { KeyPolicy } from '../state/key-policy.js';
import { keys, parseKey, type StateKey, type StateKind } from '../state/keys.js';
import { customsPolicy } from './held-keys.js';

/*
 * How customs' word is kept. A key policy protects a key that exists; two other organisations could still make a new key by
 * writing what no chaincode would. So the chaincode relies on no key of customs without the policy, and who reads blocks
 * relies on none that a transaction without customs' endorsement has written.
 */

/** Kinds of keys that hold nothing but customs' word, and the guard: one that carries no policy guards nothing. */
const customsKinds: ReadonlySet<StateKind> = new Set<StateKind>([
  'customs',
  'hold',
  'aeo',
  'acceptance',
  'risk',
  'ruling',
  'inspection',
  'guard',
]);

/** Kinds that everybody writes, each its own: customs' word is under the keys that end in its name. */
const sharedKinds: ReadonlySet<StateKind> = new Set<StateKind>(['approval']);

/** Whether the key holds customs' word, so that its value counts only while the key carries customs' policy. */
export function isCustomsKey(key: string): boolean {
  const { kind, ids } = parseKey(key) ?? {};
  if (kind === undefined) return false;
  return customsKinds.has(kind) || (sharedKinds.has(kind) && ids?.at(-1) === customsMspId);
}

/** Whether a key with this policy of its own cannot be changed without customs. */
export function isKeptByCustoms(policy: KeyPolicy | undefined): boolean {
  return policy?.allOf === customsMspId;
}

/**
 * The guard: a key with customs' policy to which every transaction that makes a key of customs writes the same again, so
 * that gateways plan customs in and Fabric refuses the transaction without it. Nobody but `Init` reads it, so nobody conflicts.
 */
export function guard(customs: string): StateEntry {
  return entry(keys.guard(customs), { v: 1 });
}

/** Whether a device's record says what customs alone may say or take back. */
export function isCustomsWordOnDevice({ suspension, compromise }: DeviceRecord): boolean {
  return suspension?.by === 'customs' || compromise?.confirmedAt !== undefined;
}

/** What nobody writes without customs, though it is not customs' word alone: shipments, which ledger this is, parameters. */
const endorsedByCustoms: ReadonlySet<StateKind> = new Set<StateKind>(['shipment', 'ledger', 'parameters']);

/**
 * Whether a write is forged: it says what only customs may say, or what needs customs' endorsement, and the endorsers of its transaction do
 * not satisfy customs' policy.
 *
 * @param endorsers MSP ids of the peers whose good endorsements the transaction carries.
 */
export function isForged(key: string, value: Uint8Array, endorsers: readonly string[]): boolean {
  const { allOf, oneOf } = customsPolicy(customsMspId);
  if (endorsers.includes(allOf) && oneOf.some((mspId) => endorsers.includes(mspId))) return false;
  const kind = parseKey(key)?.kind;
  if (kind === undefined) return false;
  if (kind === 'device') return saysCustomsWord(key as StateKey<'device'>, value);
  return endorsedByCustoms.has(kind) || isCustomsKey(key);
}

/** Bytes that are no record say nothing. */
function saysCustomsWord(key: StateKey<'device'>, value: Uint8Array): boolean {
  try {
    return isCustomsWordOnDevice(decodeRecord(key, value));
  } catch (error) {
    if (error instanceof StateFormatError) return false;
    throw error;
  }
}
