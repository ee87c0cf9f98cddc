import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations, type Violation } from '../../errors/violations.js';
import { mandateLimits, type MandateLimits } from '../../mandate/mandate-record.js';
import { object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { broken } from '../../shape/shape.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';

type GrantMandateInput = MandateLimits & { readonly requestId: string; readonly mandatary: string };

/** A party lets another act for it: in certain acts, on certain consignments, until a certain time. */
export const grantMandate = partyCommand<GrantMandateInput>({
  name: 'GrantMandate',
  writes: ['mandate'],
  input: object<GrantMandateInput>(
    { requestId, mandatary: partyId, ...mandateLimits.required },
    mandateLimits.optional,
  ),
  reads: ({ mandatary }) => [keys.party(mandatary)],
  decide({ requestId: mandate, mandatary, ...limits }, { party }, view, { timestamp }) {
    const mandator = party.partyId;
    const violations: Violation[] = [];
    if (mandatary === mandator)
      broken(violations, '/mandatary', 'must be another party than the one that grants');
    if (limits.until <= timestamp) broken(violations, '/until', 'must be later than the transaction');
    refuseViolations('The mandate', violations);
    if (view.get(keys.party(mandatary)) === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${mandatary} is not registered`, {
        partyId: mandatary,
        pointer: '/mandatary',
      });
    }
    const record = { v: 1, mandator, mandatary, mandate, ...limits, grantedAt: timestamp } as const;
    return {
      writes: [entry(keys.mandate(mandator, mandatary, mandate), record)],
      result: { mandator, mandatary, mandate },
    };
  },
});
