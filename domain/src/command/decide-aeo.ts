import { PassageError } from '../errors/passage-error.js';
import { aeoStatuses, checkAeoStep, type AeoStatus } from '../party/aeo-record.js';
import { customsRoles } from '../party/roles.js';
import { object } from '../shape/composites.js';
import { partyId, reason, requestId } from '../shape/fields.js';
import { oneOf } from '../shape/scalars.js';
import { entry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { partyCommand } from './define.js';

type DecideAeoInput = {
  readonly requestId: string;
  readonly partyId: string;
  readonly status: AeoStatus;
  readonly reason: string;
};

/** Customs gives, suspends or withdraws a party's standing as a trusted trader (AEO). */
export const decideAeo = partyCommand<DecideAeoInput>({
  name: 'DecideAeo',
  roles: customsRoles,
  writes: ['aeo'],
  input: object<DecideAeoInput>({ requestId, partyId, status: oneOf(aeoStatuses), reason }, {}),
  reads: ({ partyId }) => [keys.party(partyId), keys.aeo(partyId)],
  decide({ partyId, status, reason }, { party }, view, { timestamp }) {
    if (view.get(keys.party(partyId)) === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${partyId} is not registered`, { partyId });
    }
    checkAeoStep(view.get(keys.aeo(partyId))?.status, status);
    return {
      writes: [
        entry(keys.aeo(partyId), {
          v: 1,
          partyId,
          status,
          decidedBy: party.partyId,
          decidedAt: timestamp,
          reason,
        }),
      ],
      result: { partyId, status },
    };
  },
});
