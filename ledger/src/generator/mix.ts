import * as invalid from './kinds-invalid.js';
import * as valid from './kinds-valid.js';
import type { Kind } from './draft.js';

/** Kinds of transactions with their weights. */
export type Mix = readonly (readonly [kind: Kind, weight: number])[];

/** Plain writes alone: for measurements. */
export const PUTS: Mix = [[valid.put, 1]];

/** Everything that this generator knows, valid or not. */
export const EVERYTHING: Mix = [
  [valid.put, 20],
  [valid.readModifyWrite, 20],
  [valid.remove, 6],
  [valid.privateData, 10],
  [valid.range, 6],
  [valid.largeRange, 2],
  [valid.restock, 2],
  [valid.keyPolicy, 4],
  [valid.guardedPut, 6],
  [valid.configUpdate, 1],
  [invalid.wrongEndorser, 5],
  [invalid.staleRead, 5],
  [invalid.phantom, 4],
  [invalid.duplicate, 4],
  [invalid.malformed, 5],
];
