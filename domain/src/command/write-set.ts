import { encodeRecord, type StateEntry } from '../state/codec.js';
import type { KeyPolicyChange } from '../state/key-policy.js';
import { parseKey } from '../state/keys.js';
import type { Operation } from './operation.js';

/** One key and the bytes to be stored under it. */
export interface StateWrite {
  readonly key: string;
  readonly value: Uint8Array;
}

/** One key and the policy that it gets. */
export interface PolicyWrite {
  readonly key: string;
  readonly policy: KeyPolicyChange;
}

/**
 * The exact write set of a decision, in the byte order of its keys.
 *
 * @throws Error where the operation writes a kind of key that it has not declared: a fault of ours, which would make the
 *   page of rules a lie.
 */
export function writeSet(
  operation: Pick<Operation, 'name' | 'writes'>,
  entries: readonly StateEntry[],
): readonly StateWrite[] {
  requireDeclared(operation, entries);
  return entries.map(({ key, record }) => ({ key, value: encodeRecord(record) })).sort(byKey);
}

/**
 * The policies that a decision changes, in the byte order of their keys.
 *
 * @param entries everything the decision names; entries without a policy are passed over.
 * @throws Error where the operation has not declared the kind of key, or gives one key two policies: faults of ours.
 */
export function policySet(
  operation: Pick<Operation, 'name' | 'writes'>,
  entries: readonly { readonly key: string; readonly policy?: KeyPolicyChange }[],
): readonly PolicyWrite[] {
  const policies = entries.flatMap(({ key, policy }) => (policy === undefined ? [] : [{ key, policy }]));
  requireDeclared(operation, policies);
  const keys = new Set(policies.map(({ key }) => key));
  if (keys.size < policies.length) throw new Error(`${operation.name} gives one key two policies`);
  return policies.sort(byKey);
}

function requireDeclared(
  operation: Pick<Operation, 'name' | 'writes'>,
  entries: readonly { readonly key: string }[],
): void {
  for (const { key } of entries) {
    const kind = parseKey(key)?.kind;
    if (kind === undefined || !operation.writes.includes(kind)) {
      throw new Error(`${operation.name} writes ${key}, a kind of key that it has not declared`);
    }
  }
}

/** Keys are ASCII, so the order of their UTF-16 units is that of their bytes. */
function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : 1;
}
