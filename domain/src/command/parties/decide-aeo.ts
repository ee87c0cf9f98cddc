import { guard } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { PassageError } from '../../errors/passage-error.js';
import { aeoStatuses, checkAeoStep, type AeoStatus } from '../../party/aeo-record.js';
import { customsMspId, customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { partyId, reason, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';

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
  writes: ['aeo', 'guard'],
  input: object<DecideAeoInput>({ requestId, partyId, status: oneOf(aeoStatuses), reason }, {}),
  reads: ({ partyId }) => [keys.party(partyId), keys.aeo(partyId)],
  decide({ partyId, status, reason }, { party }, view, { timestamp }) {
    if (view.get(keys.party(partyId)) === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${partyId} is not registered`, { partyId });
    }
    const key = keys.aeo(partyId);
    const standing = view.get(key);
    checkAeoStep(standing?.status, status);
    const decidedBy = party.partyId;
    const record = { v: 1, partyId, status, decidedBy, decidedAt: timestamp, reason } as const;
    const isNew = standing === undefined;
    return {
      writes: isNew
        ? [entry(key, record, { policy: customsPolicy(customsMspId) }), guard(customsMspId)]
        : [entry(key, record)],
      result: { partyId, status },
    };
  },
});
