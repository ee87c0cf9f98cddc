import { PassageError } from '../../errors/passage-error.js';
import { withdrawn } from '../../mandate/judge-mandate.js';
import { object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';

type WithdrawMandateInput = {
  readonly requestId: string;
  readonly mandatary: string;
  readonly mandate: string;
};

/** The mandator ends a mandate from now on. What was done by it stays. */
export const withdrawMandate = partyCommand<WithdrawMandateInput>({
  name: 'WithdrawMandate',
  writes: ['mandate'],
  input: object<WithdrawMandateInput>({ requestId, mandatary: partyId, mandate: requestId }, {}),
  reads: ({ mandatary, mandate }, mandator) => [keys.mandate(mandator, mandatary, mandate)],
  decide({ mandatary, mandate }, { party }, view, { timestamp }) {
    const mandator = party.partyId;
    const key = keys.mandate(mandator, mandatary, mandate);
    const record = view.get(key);
    if (record === undefined) {
      const details = { mandator, mandatary, mandate };
      throw new PassageError('MANDATE_UNKNOWN', `${mandator} has granted no mandate ${mandate}`, details);
    }
    return {
      writes: [entry(key, withdrawn(record, timestamp))],
      result: { mandator, mandatary, mandate },
    };
  },
});
