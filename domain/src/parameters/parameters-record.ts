import { list, object } from '../shape/composites.js';
import { mspId, ordinal, requestId, timestamp } from '../shape/fields.js';
import { constant } from '../shape/scalars.js';
import { parameterChanges, type ParameterChanges } from './parameters.js';

/** What is in force, as the ledger's own record carries it: every transaction reads that one anyhow. */
export type ParametersInForce = {
  /** Counts from 1; a ledger on which only defaults hold has none. */
  readonly version: number;
  /** The values that were agreed on; every other parameter has its default. */
  readonly values: ParameterChanges;
};

export const parametersInForce = object<ParametersInForce>(
  { version: ordinal, values: parameterChanges },
  {},
);

/** One version of the parameters, by whom it was agreed on and since when it holds. Key `parameters/<version>`. */
export type ParametersRecord = ParametersInForce & {
  readonly v: 1;
  /** The organisation that proposed it, and the proposal's id. */
  readonly proposedBy: string;
  readonly proposal: string;
  /** MSP ids, in the order of the alphabet. */
  readonly approvedBy: readonly string[];
  /** The timestamp of the transaction that put it in force; what comes behind that transaction is judged by it. */
  readonly since: string;
};

export const parametersRecord = object<ParametersRecord>(
  {
    v: constant(1),
    version: ordinal,
    values: parameterChanges,
    proposedBy: mspId,
    proposal: requestId,
    approvedBy: list(mspId, { min: 1, max: 64, distinct: true }),
    since: timestamp,
  },
  {},
);
