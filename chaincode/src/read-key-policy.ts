import type { KeyPolicy } from '@passage/domain';
import { PEER } from './key-policy.js';
import { readFields, type Field } from './wire.js';

/**
 * Reads a key's policy of the form that `encodeKeyPolicy` writes: AND(peer, OR(peer…)), its identities in any order, as
 * Fabric's own command line lists them in another.
 *
 * @returns undefined for no bytes, and for every other policy.
 */
export function decodeKeyPolicy(bytes: Uint8Array): KeyPolicy | undefined {
  const envelope = readFields(bytes);
  const principals = envelope?.filter(({ field }) => field === 3).map(({ value }) => mspIdOf(value));
  const { n, rules } = outOfRules(envelope?.find(({ field }) => field === 2)?.value);
  const [all, some] = rules;
  const { n: one, rules: others } = outOfRules(some);
  if (n !== 2 || rules.length !== 2 || one !== 1) return undefined;
  const [allOf, ...oneOf] = [all, ...others].map((rule) => principals?.[signedByOf(rule)]);
  const named = oneOf.filter((mspId) => mspId !== undefined);
  return allOf !== undefined && named.length === oneOf.length && named.length > 0
    ? { allOf, oneOf: named }
    : undefined;
}

/** The n and the rules of a SignaturePolicy that is an "n out of"; none for anything else. */
function outOfRules(rule: Field['value'] | undefined): {
  readonly n: Field['value'] | undefined;
  readonly rules: readonly Field['value'][];
} {
  const inner = readFields(rule)?.find(({ field }) => field === 2)?.value;
  const fields = readFields(inner) ?? [];
  const n = fields.find(({ field }) => field === 1)?.value;
  return { n, rules: fields.filter(({ field }) => field === 2).map(({ value }) => value) };
}

/** The place of the identity in a SignaturePolicy that asks for one; -1 for anything else. */
function signedByOf(rule: Field['value'] | undefined): number {
  const [only, more] = readFields(rule) ?? [];
  return only?.field === 1 && typeof only.value === 'number' && more === undefined ? only.value : -1;
}

/** The MSP id in a principal that is any peer of an organisation; undefined for any other. */
function mspIdOf(principal: Field['value']): string | undefined {
  const [role, more] = readFields(principal) ?? [];
  if (role?.field !== 2 || more !== undefined) return undefined;
  const [mspId, kind] = readFields(role.value) ?? [];
  const isPeer = mspId?.field === 1 && kind?.field === 2 && kind.value === PEER;
  return isPeer && mspId.value instanceof Uint8Array ? Buffer.from(mspId.value).toString() : undefined;
}
