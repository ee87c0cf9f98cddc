import { withdrawHandover as withdraw } from '../../handover/handover.js';
import { object } from '../../shape/composites.js';
import { ordinal, reason, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { answerOutcome, currentHandover, handoverReads, type HandoverRef } from './answer-handover.js';
import { partyCommand } from '../define.js';

type WithdrawHandoverInput = HandoverRef & { readonly requestId: string; readonly reason: string };

/** The party that offered takes its offer back before it is answered. */
export const withdrawHandover = partyCommand<WithdrawHandoverInput>({
  name: 'WithdrawHandover',
  writes: ['custody', 'handover'],
  input: object<WithdrawHandoverInput>({ requestId, ucr, handover: ordinal, reason }, {}),
  reads: handoverReads,
  decide: (input, { party }, view, { timestamp }) =>
    answerOutcome(withdraw(currentHandover(input, view), party.partyId, timestamp, input.reason)),
});
