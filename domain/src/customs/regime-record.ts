import { procedures, type Procedure } from '../declaration/declaration-record.js';
import { object } from '../shape/composites.js';
import { ordinal } from '../shape/fields.js';
import { ownedId } from '../shape/owned-id.js';
import { oneOf } from '../shape/scalars.js';
import { decision, type Decision } from './decision.js';

/** The customs procedure that goods are under, the declaration that asked for it, and customs' word that placed them there. */
export type Regime = {
  readonly procedure: Procedure;
  readonly declaration: string;
  readonly version: number;
  readonly placed: Decision;
};

export const regime = object<Regime>(
  { procedure: oneOf(procedures), declaration: ownedId, version: ordinal, placed: decision },
  {},
);
