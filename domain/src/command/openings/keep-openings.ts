import type { CommitmentSubject } from '../../commitment/commitment.js';
import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import {
  field,
  openingWrite,
  secret,
  secretOpens,
  subject,
  type Secret,
} from '../../private/opening-record.js';
import { list, object } from '../../shape/composites.js';
import { requestId, sha256Base64url } from '../../shape/fields.js';
import { privateCommand } from './private-act.js';

/** Which field of what a commitment is about. */
export type CommittedField = {
  readonly commitment: string;
  readonly subject: string;
  readonly field: string;
};

export const committedField = object<CommittedField>({ commitment: sha256Base64url, subject, field }, {});

type KeepOpeningsInput = { readonly requestId: string; readonly openings: readonly CommittedField[] };

const MOST = 50;

export const keepOpeningsInput = object<KeepOpeningsInput>(
  { requestId, openings: list(committedField, { min: 1, max: MOST }) },
  {},
);

/** A party has the openings of its own commitments kept in its organisation's private collection. */
export const keepOpenings = privateCommand<KeepOpeningsInput, readonly Secret[]>({
  name: 'KeepOpenings',
  input: keepOpeningsInput,
  transient: list(secret, { min: 1, max: MOST }),
  decide({ openings }, secrets, { party, ledger }, _, { timestamp: keptAt }) {
    const owner = party.partyId;
    if (secrets.length !== openings.length) refuseViolations('The openings', [anotherNumber]);
    const records = openings.map((about, index) => {
      const opening = opened({ ...about, ledger, owner }, secrets[index], `/openings/${index}`);
      return { v: 1, ...about, ledger, owner, ...opening, keptAt } as const;
    });
    return {
      writes: records.map((record) => openingWrite(party, record)),
      result: { commitments: openings.map(({ commitment }) => commitment) },
    };
  },
});

const anotherNumber = {
  pointer: '/openings',
  code: 'VALUE',
  message: 'must have as many entries as the transient data',
};

/**
 * The opening, if it opens the commitment; what it holds is not said in the refusal.
 *
 * @throws PassageError OPENING_WRONG
 */
export function opened(
  about: CommitmentSubject & CommittedField,
  opening: Secret | undefined,
  pointer: string,
): Secret {
  if (opening !== undefined && secretOpens(about.commitment, about, opening)) return opening;
  const { commitment } = about;
  throw new PassageError('OPENING_WRONG', `Salt and value do not open ${commitment}`, {
    pointer,
    commitment,
  });
}
