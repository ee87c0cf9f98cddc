import type { Unit } from './unit.js';

/** A quantity as an event states it (EPCIS 2.0 section 7.3.3.3): a decimal of a unit, or a count of instances without one. */
export interface StatedQuantity {
  readonly quantity: number;
  readonly uom?: string;
}

/** Units of UNECE Recommendation 20 that count instances: one, piece, each. */
const counting: ReadonlySet<string> = new Set(['C62', 'H87', 'EA']);

/**
 * Whether a stated quantity is in the unit that a lot is counted in; without a unit it counts instances.
 */
export function isIn({ uom }: StatedQuantity, unit: Unit): boolean {
  return uom === undefined ? counting.has(unit.uom) : uom === unit.uom;
}

/**
 * A decimal as a whole number of smallest units, digit by digit: 12.5 with 3 decimals is 12500. Undefined where it is none, or
 * more than JSON carries exactly: nothing is rounded.
 */
export function inSmallestUnits(quantity: number, decimals: number): number | undefined {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(quantity)) ?? [];
  const shift = decimals + Number(exponent) - fraction.length;
  // JavaScript writes a number with the fewest digits: the last one behind the point is none that could be left out.
  if (shift < 0) return undefined;
  const units = BigInt(whole + fraction) * 10n ** BigInt(shift);
  return units > 0n && units <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(units) : undefined;
}
