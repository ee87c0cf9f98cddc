import { list, object } from '../shape/composites.js';
import { ordinal, partyId, sha256Base64url, timestamp } from '../shape/fields.js';
import { constant } from '../shape/scalars.js';

/**
 * That a key has signed two different statements under one number. The signed bytes stand in the transaction's argument.
 * Key `equivocation/<kid>/<seq>`.
 */
export type EquivocationRecord = {
  readonly v: 1;
  readonly kid: string;
  readonly seq: number;
  /** The hashes of the two statementIds, base64url, in the order of their bytes. */
  readonly statements: readonly string[];
  readonly filedBy: string;
  readonly filedAt: string;
};

export const equivocationRecord = object<EquivocationRecord>(
  {
    v: constant(1),
    kid: sha256Base64url,
    seq: ordinal,
    statements: list(sha256Base64url, { min: 2, max: 2, distinct: true }),
    filedBy: partyId,
    filedAt: timestamp,
  },
  {},
);
