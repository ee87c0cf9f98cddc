import { PassageError } from '../errors/passage-error.js';
import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import { customsMspId } from '../party/roles.js';
import { entry, type StateEntry } from '../state/codec.js';
import { openedCustoms, type CustomsRecord, type HoldInForce } from './customs-record.js';
import { guard } from './customs-word.js';
import { customsPolicy } from './held-keys.js';
import { carrierReads, carriersIn, keepsGoodsIn, keepsUnit, unitsOfHolds } from './held-units.js';
import { goodsHeld } from './hold.js';

/** The keys that `customsOf` and `refuseWhileHeld` read. */
export function customsReads(ucr: string): readonly StateKey[] {
  return [keys.customs(ucr), keys.shipment(ucr)];
}

/** Where a shipment stands with customs. @throws PassageError SHIPMENT_UNKNOWN */
export function customsOf(ucr: string, view: WorldView): CustomsRecord {
  const customs = view.get(keys.customs(ucr)) ?? olderStanding(ucr, view);
  if (customs !== undefined) return customs;
  throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr });
}

/**
 * The standing of a shipment that is older than these keys: nothing was decided on it. Such a shipment names no competent
 * customs; for one that does, a missing key is no standing at all.
 */
function olderStanding(ucr: string, view: WorldView): CustomsRecord | undefined {
  const shipment = view.get(keys.shipment(ucr));
  const isOlder = shipment !== undefined && shipment.customs === undefined;
  return isOlder ? openedCustoms(ucr, customsMspId) : undefined;
}

/**
 * What a decision writes of a shipment's standing. Where there was no key yet, the shipment is older than such keys: its standing
 * now gets customs' policy, and the guard comes with it.
 */
export function customsWrites(customs: CustomsRecord, view: WorldView): readonly StateEntry[] {
  const key = keys.customs(customs.ucr);
  if (view.get(key) !== undefined) return [entry(key, customs)];
  return [entry(key, customs, { policy: customsPolicy(customs.customs) }), guard(customs.customs)];
}

/**
 * Refuses an act on a consignment as a whole while any of it is held. That it moves is a fact, too: observations are never
 * refused.
 *
 * @throws PassageError GOODS_HELD, SHIPMENT_UNKNOWN
 */
export function refuseWhileHeld(view: WorldView, ucr: string): void {
  refuse(ucr, customsOf(ucr, view).inForce);
}

/** What moves while the rest of the consignment stays: goods in or out of a unit, or a unit in or out of another one. */
export type UnitMove = { readonly goodsOf: string } | { readonly unit: string; readonly into?: string };

/** The consignments in which one went on that was split or merged, and those in which they did; none while it stands. */
function heirsOf(ucr: string, view: WorldView): readonly string[] {
  const heirs = new Set<string>();
  const follow = (ended: string): void => {
    for (const heir of view.get(keys.customs(ended))?.ended?.into ?? []) {
      if (heirs.has(heir)) continue;
      heirs.add(heir);
      follow(heir);
    }
  };
  follow(ucr);
  return [...heirs];
}

/**
 * The standing of a consignment and of all in which it went on: its goods are theirs, also where they still lie in units under the
 * old reference, and a hold on one of them keeps them there.
 */
function standings(customs: CustomsRecord, view: WorldView): readonly CustomsRecord[] {
  return [customs, ...heirsOf(customs.ucr, view).flatMap((heir) => view.get(keys.customs(heir)) ?? [])];
}

/**
 * The keys that `refuseMoveWhileHeld` reads besides `customsReads`: for a consignment that stands, none while nothing is held, or
 * all of it without any unit being named. Asked again in each round of reading, until it names nothing new.
 *
 * @param units the units that the act is about.
 */
export function heldUnitReads(units: readonly string[], ucr: string, view: WorldView): readonly StateKey[] {
  const customs = view.get(keys.customs(ucr));
  if (customs === undefined) return [];
  const named = standings(customs, view).flatMap(unitsOfHolds);
  return [
    ...heirsOf(ucr, view).map((heir) => keys.customs(heir)),
    ...(named.length === 0 ? [] : carrierReads([...units, ...named], ucr, view)),
  ];
}

/**
 * Refuses an act that moves held goods of a consignment, in whatever unit they are. Neighbours in the same unit move by records
 * of their own, and are left alone.
 *
 * @throws PassageError GOODS_HELD, SHIPMENT_UNKNOWN
 */
export function refuseMoveWhileHeld(view: WorldView, ucr: string, move: UnitMove): void {
  const all = standings(customsOf(ucr, view), view);
  const named = all.some((customs) => unitsOfHolds(customs).length > 0);
  const carriersOf = named ? carriersIn(view, ucr) : (unit: string): readonly string[] => [unit];
  const keeps = (hold: HoldInForce): boolean => {
    if ('goodsOf' in move) return keepsGoodsIn(hold, move.goodsOf, carriersOf);
    const { unit, into } = move;
    // What a hold of the whole consignment has freed may go anywhere; a unit that is held by name takes nothing in.
    const full = hold.units !== undefined && into !== undefined && keepsGoodsIn(hold, into, carriersOf);
    return full || keepsUnit(hold, unit, carriersOf);
  };
  for (const customs of all) refuse(customs.ucr, customs.inForce.filter(keeps));
}

function refuse(ucr: string, holds: readonly HoldInForce[]): void {
  if (holds.length > 0) throw goodsHeld(ucr, holds);
}
