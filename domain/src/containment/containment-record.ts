import { isTransportUnit } from '../identifiers/transport-unit.js';
import { object } from '../shape/composites.js';
import { partyId, timestamp } from '../shape/fields.js';
import { constant, flag, integer, such } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';

/** A transport unit as records and inputs name it. */
export const transportUnit = such(
  isTransportUnit,
  'a transport unit: container:<ISO 6346>, sscc:<18 digits>, ship:<IMO>, flight:<number>-<day> or vehicle:<commitment>',
);

/** How many packages; unknown where nobody counted them. */
export const packages = integer(1, 1_000_000_000);

/** Goods that lie in a unit: so many packages of the consignment, or all of it where no count is given. */
export type GoodsInside = { readonly packages?: number };

/**
 * What a unit has to do with one consignment. Keyed by both, so that what befalls one consignment (a hold, a count) leaves its
 * neighbours in the same container alone. Key `containment/<unit>/<ucr>`.
 */
export type ContainmentRecord = {
  readonly v: 1;
  readonly unit: string;
  readonly ucr: string;
  /** Goods of the consignment directly inside; absent where they are in units inside this one, or were taken out. */
  readonly goods?: GoodsInside;
  /**
   * There, and true, once a unit with goods of the consignment was put inside. It stays when that unit comes out: whether another
   * one is left would have to be counted, and every act on the consignment would conflict with every other.
   */
  readonly carries?: boolean;
  /** The unit that carries this one, as far as this consignment goes. */
  readonly within?: string;
  /** The act that wrote it: the transaction's time, and the party whose device it was. */
  readonly at: string;
  readonly by: string;
};

const goodsInside = object<GoodsInside>({}, { packages });

export const containmentRecord = object<ContainmentRecord>(
  { v: constant(1), unit: transportUnit, ucr, at: timestamp, by: partyId },
  { goods: goodsInside, carries: flag, within: transportUnit },
);
