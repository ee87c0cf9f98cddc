import type { KeyPolicy, OpenPolicy, PolicyEntry } from '../state/key-policy.js';
import { keys, type StateKey } from '../state/keys.js';
import type { CustomsRecord } from './customs-record.js';
import { keepsGoodsIn, type CarriersOf } from './held-units.js';

/** The organisations of which one has to endorse beside customs. */
const besideCustoms: readonly string[] = ['PortMSP', 'BusinessMSP'];

/** The policy of customs' keys: a peer of customs and a peer of port or business. */
export function customsPolicy(customs: string): KeyPolicy {
  return { allOf: customs, oneOf: besideCustoms };
}

/** The policy of keys that customs held and has freed: a peer of any two, as the contract's own. */
export function freedPolicy(customs: string): OpenPolicy {
  return { twoOf: [customs, ...besideCustoms] };
}

/**
 * The keys that nobody changes without customs while a hold is in force: who has the goods, and what the units that the hold
 * names, and those that carry them, have to do with them. A policy on a key that is not there leaves nothing.
 */
export function heldKeys({ ucr, inForce }: CustomsRecord, carriersOf: CarriersOf): readonly StateKey[] {
  if (inForce.length === 0) return [];
  const held = inForce.flatMap((hold) =>
    [...(hold.units ?? []), ...(hold.carriedBy ?? [])]
      .filter((unit) => keepsGoodsIn(hold, unit, carriersOf))
      .flatMap(carriersOf),
  );
  return [keys.custody(ucr), ...[...new Set(held)].map((unit) => keys.containment(unit, ucr))];
}

/**
 * What a decision changes on those keys: the first hold puts customs' policy on, the release of the last opens them again. Where
 * units lie does not change while they are held, so that both see the same keys.
 */
export function heldKeyPolicies(
  before: CustomsRecord,
  after: CustomsRecord,
  carriersOf: CarriersOf,
): readonly PolicyEntry[] {
  const [held, stillHeld] = [heldKeys(before, carriersOf), heldKeys(after, carriersOf)];
  const on = stillHeld.filter((key) => !held.includes(key));
  const off = held.filter((key) => !stillHeld.includes(key));
  return [
    ...on.map((key) => ({ key, policy: customsPolicy(after.customs) })),
    ...off.map((key) => ({ key, policy: freedPolicy(after.customs) })),
  ];
}
