import { object } from '../shape/composites.js';
import { constant } from '../shape/scalars.js';

/** A constant under a key that carries customs' policy: see `customs/customs-word.ts`. Key `guard/<mspId>`. */
export type GuardRecord = { readonly v: 1 };

export const guardRecord = object<GuardRecord>({ v: constant(1) }, {});
