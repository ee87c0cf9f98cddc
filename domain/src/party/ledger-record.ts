import { parametersInForce, type ParametersInForce } from '../parameters/parameters-record.js';
import { list, object } from '../shape/composites.js';
import { mspId, sha256Hex } from '../shape/fields.js';
import { constant } from '../shape/scalars.js';
import { roles, type RoleTable } from './roles.js';

/** Which ledger this is, and whose parties may hold which role. Key `ledger`, written by `Init`,
 * and again whenever other parameters come into force. */
export type LedgerRecord = {
  readonly v: 1;
  /** SHA-256 header hash of block 0 in hex: the `aud` of every statement made for this ledger. */
  readonly ledger: string;
  readonly roles: RoleTable;
  /** What was agreed on since; absent as long as every parameter has its default. */
  readonly parameters?: ParametersInForce;
};

const holders = list(mspId, { min: 1, max: 32, distinct: true });

export const roleTable = object<RoleTable>(
  {},
  Object.fromEntries(roles.map((role) => [role, holders])) as Record<(typeof roles)[number], typeof holders>,
);

export const ledgerRecord = object<LedgerRecord>(
  { v: constant(1), ledger: sha256Hex, roles: roleTable },
  { parameters: parametersInForce },
);
