import { object } from '../shape/composites.js';
import { integer, pattern } from '../shape/scalars.js';

/**
 * What a quantity counts: a unit of UNECE Recommendation 20 (`KGM`), and how many decimal digits of it are counted. With
 * 3 decimals, 12500 is 12.5 kg: quantities are integers of the smallest unit, and nothing is ever rounded in silence.
 */
export type Unit = { readonly uom: string; readonly decimals: number };

export const uom = pattern(/^[A-Z0-9]{2,3}$/, 'a unit code of UNECE Recommendation 20, such as KGM');

export const unit = object<Unit>({ uom, decimals: integer(0, 9) }, {});

/** A quantity of goods, in the smallest unit. */
export const quantity = integer(1);
