import { PassageError } from '../../errors/passage-error.js';
import { field, openingWrite, secret, subject, type Secret } from '../../private/opening-record.js';
import { list, object } from '../../shape/composites.js';
import { partyId, requestId, sha256Base64url } from '../../shape/fields.js';
import { keys } from '../../state/keys.js';
import { opened, type CommittedField } from './keep-openings.js';
import { privateCommand } from './private-act.js';

type DiscloseOpeningInput = CommittedField & { readonly requestId: string; readonly to: string };

export const discloseOpeningInput = object<DiscloseOpeningInput>(
  { requestId, commitment: sha256Base64url, subject, field, to: partyId },
  {},
);

/**
 * The owner of a commitment gives its opening to one named party: a copy in that party's organisation's collection. The block
 * shows who disclosed which commitment to whom; only peers of the recipient's organisation see what.
 */
export const discloseOpening = privateCommand<DiscloseOpeningInput, readonly Secret[]>({
  name: 'DiscloseOpening',
  input: discloseOpeningInput,
  transient: list(secret, { min: 1, max: 1 }),
  reads: ({ to }) => [keys.party(to)],
  decide({ commitment, subject, field, to }, [opening], { party, ledger }, { view }, { timestamp: keptAt }) {
    const recipient = view.get(keys.party(to));
    if (recipient === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${to} is not registered`, { partyId: to });
    }
    const about = { commitment, subject, field, ledger, owner: party.partyId };
    const shown = opened(about, opening, '/openings/0');
    return {
      writes: [openingWrite(recipient, { v: 1, ...about, ...shown, keptAt })],
      result: { commitment, to },
    };
  },
});
