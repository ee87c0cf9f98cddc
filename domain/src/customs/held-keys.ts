import type { KeyPolicy, PolicyEntry } from '../state/key-policy.js';
import { keys, type StateKey } from '../state/keys.js';
import type { CustomsRecord } from './customs-record.js';

/** The organisations of which one has to endorse beside customs. */
const besideCustoms: readonly string[] = ['PortMSP', 'BusinessMSP'];

/** The policy of customs' keys: a peer of customs and a peer of port or business. */
export function customsPolicy(customs: string): KeyPolicy {
  return { allOf: customs, oneOf: besideCustoms };
}

/**
 * The keys that nobody changes without customs while a hold is in force: who has the goods, and what the units that the hold
 * names have to do with them. A policy on a key that is not there leaves nothing.
 */
function heldKeys({ ucr, inForce }: CustomsRecord): readonly StateKey[] {
  if (inForce.length === 0) return [];
  const held = inForce.flatMap(({ units, carriedBy, released }) =>
    [...(units ?? []), ...(carriedBy ?? [])].filter((unit) => !released.includes(unit)),
  );
  return [keys.custody(ucr), ...[...new Set(held)].map((unit) => keys.containment(unit, ucr))];
}

/** What a decision changes on those keys: the first hold puts customs' policy on, the release of the last takes it off. */
export function heldKeyPolicies(before: CustomsRecord, after: CustomsRecord): readonly PolicyEntry[] {
  const [held, stillHeld] = [heldKeys(before), heldKeys(after)];
  const on = stillHeld.filter((key) => !held.includes(key));
  const off = held.filter((key) => !stillHeld.includes(key));
  return [
    ...on.map((key) => ({ key, policy: customsPolicy(after.customs) })),
    ...off.map((key) => ({ key, policy: 'none' as const })),
  ];
}
