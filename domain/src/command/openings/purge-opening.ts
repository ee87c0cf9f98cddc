import { PassageError } from '../../errors/passage-error.js';
import { openingKey } from '../../private/opening-record.js';
import { isRetentionOver } from '../../private/retention.js';
import { object } from '../../shape/composites.js';
import { partyId, requestId, sha256Base64url } from '../../shape/fields.js';
import { parametersOf } from '../../parameters/in-force.js';
import { copyOf, nothing, privateCommand } from './private-act.js';

type PurgeOpeningInput = { readonly requestId: string; readonly commitment: string; readonly of?: string };

export const purgeOpeningInput = object<PurgeOpeningInput>(
  { requestId, commitment: sha256Base64url },
  { of: partyId },
);

/**
 * A party has its copy of an opening purged, at any time. Any party of the same organisation may purge another's copy (`of`), once
 * its retention is over: whoever hosts the data keeps house. What was signed holds the commitment and stays valid; whoever has the
 * opening elsewhere can still prove the field.
 */
export const purgeOpening = privateCommand<PurgeOpeningInput, null>({
  name: 'PurgeOpening',
  input: purgeOpeningInput,
  transient: nothing,
  privateReads: ({ commitment, of }, { mspId, partyId }) => [
    openingKey({ mspId, partyId: of ?? partyId }, commitment),
  ],
  decide({ commitment, of }, _, { party }, { view, kept }, { timestamp }) {
    const { retentionDays } = parametersOf(view);
    const holder = { mspId: party.mspId, partyId: of ?? party.partyId };
    const { keptAt } = copyOf(holder, commitment, kept);
    if (holder.partyId !== party.partyId && !isRetentionOver(keptAt, timestamp, retentionDays)) {
      const message = `${holder.partyId} keeps the opening since ${keptAt}, and for ${retentionDays} days nobody else purges it`;
      throw new PassageError('RETENTION_RUNS', message, { commitment, keptAt, retentionDays });
    }
    return { purges: [openingKey(holder, commitment)], result: { commitment, of: holder.partyId } };
  },
});
