import { rejectHandover as reject } from '../../handover/handover.js';
import { object } from '../../shape/composites.js';
import { ordinal, reason, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { answerOutcome, currentHandover, handoverReads, type HandoverRef } from './answer-handover.js';
import { partyCommand } from '../define.js';

type RejectHandoverInput = HandoverRef & { readonly requestId: string; readonly reason: string };

/** The party it was offered to declines, and says why. */
export const rejectHandover = partyCommand<RejectHandoverInput>({
  name: 'RejectHandover',
  writes: ['custody', 'handover'],
  input: object<RejectHandoverInput>({ requestId, ucr, handover: ordinal, reason }, {}),
  reads: handoverReads,
  decide: (input, { party }, view, { timestamp }) =>
    answerOutcome(reject(currentHandover(input, view), party.partyId, timestamp, input.reason)),
});
