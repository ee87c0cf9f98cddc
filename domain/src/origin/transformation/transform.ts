import { PassageError } from '../../errors/passage-error.js';
import { apportion, sumOf, type Amount } from '../apportion.js';
import type { LotRecord } from '../lot/lot-record.js';
import type { Parameters } from '../../parameters/parameter-table.js';
import { fullStock, take, type Share, type Stock } from '../stock.js';
import type { Unit } from '../unit.js';
import { commonScale } from './balance.js';
import type { ConsumedLot, Conversion } from './transformation-record.js';

/** What goes in and what is to come out. */
export interface Plan {
  readonly measure: string;
  readonly conversions: readonly Conversion[];
  readonly inputs: readonly { readonly lot: LotRecord; readonly quantity: number }[];
  readonly outputs: readonly { readonly lot: string; readonly unit: Unit; readonly quantity: number }[];
}

/** What a transformation comes to. */
export interface Transformed {
  /** The lots that were drawn on, as they stand afterwards. */
  readonly lots: readonly LotRecord[];
  readonly consumed: readonly ConsumedLot[];
  /** What is in each lot that was made, by its id. */
  readonly made: ReadonlyMap<string, Stock>;
}

/**
 * Uses lots up and makes others out of them. Each input gives of its origins in proportion; all of it is one blend; and the
 * outputs draw on the blend one after another, in the order of their ids, each in the proportion of what is left. What no
 * output claims is lost. So of each origin no more comes out than went in, and nothing depends on the order of a list.
 *
 * @throws PassageError QUANTITY_EXCEEDED, UNIT_NOT_CONVERTIBLE, TOO_MANY_ORIGINS, OUTPUT_EXCEEDS_INPUT
 */
export function transform(
  { measure, conversions, inputs, outputs }: Plan,
  parameters: Pick<Parameters, 'originsPerLot'>,
): Transformed {
  const drawn = inputs.map(({ lot, quantity }) => take(lot, quantity, lot.lot));
  const units = [...inputs.map(({ lot }) => lot.unit), ...outputs.map(({ unit }) => unit)];
  const partsOf = commonScale(units, measure, conversions);
  const blend = blended(drawn.map(({ stock, taken }) => ({ taken, parts: partsOf(stock.unit) })));
  requireFew(blend, parameters);
  const claimed = outputs.reduce((sum, { unit, quantity }) => sum + BigInt(quantity) * partsOf(unit), 0n);
  if (claimed > sumOf(blend)) {
    const details = { measure, claimed: claimed.toString(), consumed: sumOf(blend).toString() };
    throw new PassageError('OUTPUT_EXCEEDS_INPUT', 'More is said to come out than went in', details);
  }
  const consumed = inputs.map(({ lot, quantity }, index) => ({
    lot: lot.lot,
    quantity,
    shares: drawn[index]?.taken ?? [],
  }));
  return { lots: drawn.map(({ stock }) => stock), consumed, made: shareOut(blend, outputs, partsOf) };
}

/** All that was taken, by origin, in parts of the common scale. */
function blended(
  inputs: readonly { readonly taken: readonly Share[]; readonly parts: bigint }[],
): readonly Amount[] {
  const blend = new Map<string, bigint>();
  for (const { taken, parts } of inputs) {
    for (const { origin, quantity } of taken)
      blend.set(origin, (blend.get(origin) ?? 0n) + BigInt(quantity) * parts);
  }
  return [...blend].map(([origin, amount]) => ({ origin, amount }));
}

/** @throws PassageError TOO_MANY_ORIGINS */
function requireFew(
  blend: readonly Amount[],
  { originsPerLot: most }: Pick<Parameters, 'originsPerLot'>,
): void {
  if (blend.length <= most) return;
  const details = { origins: blend.map(({ origin }) => origin).sort(), most };
  throw new PassageError('TOO_MANY_ORIGINS', `The blend has ${String(blend.length)} origins`, details);
}

/**
 * What each output gets of the blend. Its claim on the blend is drawn in parts of the scale, and its shares are those of its
 * claim in its own smallest unit: where its unit is a coarse one (bags), a small origin may round to nothing there, and is
 * still used up here.
 */
function shareOut(
  blend: readonly Amount[],
  outputs: Plan['outputs'],
  partsOf: (unit: Unit) => bigint,
): ReadonlyMap<string, Stock> {
  const made = new Map<string, Stock>();
  let left = blend;
  for (const { lot, unit, quantity } of [...outputs].sort((one, other) => (one.lot < other.lot ? -1 : 1))) {
    const claim = apportion(BigInt(quantity) * partsOf(unit), left);
    const parts = apportion(BigInt(quantity), claim);
    made.set(
      lot,
      fullStock(
        unit,
        parts.map(({ origin, amount }) => ({ origin, quantity: Number(amount) })),
      ),
    );
    left = without(left, claim);
  }
  return made;
}

function without(blend: readonly Amount[], claim: readonly Amount[]): readonly Amount[] {
  const claimed = new Map(claim.map(({ origin, amount }) => [origin, amount]));
  return blend.map(({ origin, amount }) => ({ origin, amount: amount - (claimed.get(origin) ?? 0n) }));
}
