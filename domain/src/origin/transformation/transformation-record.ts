import { list, object } from '../../shape/composites.js';
import { partyId, timestamp } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { constant, integer } from '../../shape/scalars.js';
import { statementRef, type StatementRef } from '../lot/lot-record.js';
import { shares, type Share } from '../stock.js';
import { quantity, uom } from '../unit.js';

/** What a transformation used up of a lot: how much, and of which origins, in the lot's own unit. */
export type ConsumedLot = {
  readonly lot: string;
  readonly quantity: number;
  readonly shares: readonly Share[];
};

/** One whole `uom` is `numerator`/`denominator` of the transformation's measure: 1 BG is 50/1 KGM. */
export type Conversion = { readonly uom: string; readonly numerator: number; readonly denominator: number };

/** Lots that were made out of lots. Never changes. Key `transformation/<transformation>`. */
export type TransformationRecord = {
  readonly v: 1;
  /** `<party that transformed>:<number of its own>`. */
  readonly transformation: string;
  readonly by: string;
  /** The unit in which inputs and outputs are balanced. */
  readonly measure: string;
  /** Factors of the units that are not the measure, by the word of the party. */
  readonly conversions: readonly Conversion[];
  readonly inputs: readonly ConsumedLot[];
  /** Ids of the lots that were made; what is in them stands in their own records. */
  readonly outputs: readonly string[];
  readonly at: string;
  /** The statement of a device that said it; absent where it was a command. */
  readonly statement?: StatementRef;
};

/** The most lots on each side of a transformation. */
export const maxLots = 20;

const factor = integer(1, 1_000_000_000);

export const conversions = list(object<Conversion>({ uom, numerator: factor, denominator: factor }, {}), {
  min: 0,
  max: maxLots,
});

const consumedLot = object<ConsumedLot>({ lot: ownedId, quantity, shares }, {});

export const transformationRecord = object<TransformationRecord>(
  {
    v: constant(1),
    transformation: ownedId,
    by: partyId,
    measure: uom,
    conversions,
    inputs: list(consumedLot, { min: 1, max: maxLots }),
    outputs: list(ownedId, { min: 1, max: maxLots }),
    at: timestamp,
  },
  { statement: statementRef },
);
