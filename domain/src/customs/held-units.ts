import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { CustomsRecord, HoldInForce } from './customs-record.js';

/** A unit and what carries it as far as one consignment goes, the unit itself first. */
export type CarriersOf = (unit: string) => readonly string[];

/** Follows the records of containment. No unit carries a larger one, so that the way up ends. */
export function carriersIn(view: WorldView, ucr: string): CarriersOf {
  return (unit) => {
    const carriers: string[] = [];
    for (let next: string | undefined = unit; next !== undefined && !carriers.includes(next);) {
      carriers.push(next);
      next = view.get(keys.containment(next, ucr))?.within;
    }
    return carriers;
  };
}

/** The keys that tell what carries these units. Asked again in each round of reading, until it names nothing new. */
export function carrierReads(units: readonly string[], ucr: string, view: WorldView): readonly StateKey[] {
  const carriersOf = carriersIn(view, ucr);
  return units.flatMap((unit) => carriersOf(unit).map((each) => keys.containment(each, ucr)));
}

/** Every unit that the holds in force name, freed ones too. */
export function unitsOfHolds({ inForce }: CustomsRecord): readonly string[] {
  return inForce.flatMap(({ units = [], carriedBy = [], released }) => [...units, ...carriedBy, ...released]);
}

/**
 * Whether a hold keeps the goods that lie in a unit, whatever carries it. Of the units that the hold names or has freed, the
 * innermost one around the goods decides; a hold of the whole consignment keeps what none of them is around.
 */
export function keepsGoodsIn(hold: HoldInForce, unit: string, carriersOf: CarriersOf): boolean {
  const { units, released } = hold;
  const around = carriersOf(unit);
  const named = around.find((each) => released.includes(each) || units?.includes(each));
  return named === undefined ? units === undefined : !released.includes(named);
}

/** Whether a hold keeps a unit from moving: it keeps the goods in it, or the unit carries one that is held. */
export function keepsUnit(hold: HoldInForce, unit: string, carriersOf: CarriersOf): boolean {
  const { units = [], released } = hold;
  return (
    keepsGoodsIn(hold, unit, carriersOf) ||
    units.some((held) => !released.includes(held) && carriersOf(held).includes(unit))
  );
}
