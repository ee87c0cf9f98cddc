import { PassageError } from '../../errors/passage-error.js';
import type { Unit } from '../unit.js';
import type { Conversion } from './transformation-record.js';

/**
 * Puts quantities of different units on one scale: the measure divided so finely that a smallest unit of each is a whole
 * number of parts. So nothing is rounded before the shares are.
 *
 * @param units every unit that is to be weighed.
 * @returns how many parts a smallest unit of each has.
 * @throws PassageError UNIT_NOT_CONVERTIBLE
 */
export function commonScale(
  units: readonly Unit[],
  measure: string,
  conversions: readonly Conversion[],
): (unit: Unit) => bigint {
  const factors = new Map(conversions.map((conversion) => [conversion.uom, conversion]));
  const valueOf = ({ uom, decimals }: Unit): { readonly numerator: bigint; readonly denominator: bigint } => {
    const power = 10n ** BigInt(decimals);
    if (uom === measure) return { numerator: 1n, denominator: power };
    const factor = factors.get(uom);
    if (factor === undefined) {
      const message = `No factor says what one ${uom} is in ${measure}`;
      throw new PassageError('UNIT_NOT_CONVERTIBLE', message, { uom, measure });
    }
    return { numerator: BigInt(factor.numerator), denominator: BigInt(factor.denominator) * power };
  };
  const scale = units.reduce((common, unit) => leastCommonMultiple(common, valueOf(unit).denominator), 1n);
  return (unit) => {
    const { numerator, denominator } = valueOf(unit);
    return numerator * (scale / denominator);
  };
}

function leastCommonMultiple(one: bigint, other: bigint): bigint {
  return (one / greatestCommonDivisor(one, other)) * other;
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestCommonDivisor(other, one % other);
}
