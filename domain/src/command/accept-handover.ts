import { acceptHandover as accept } from '../handover/handover.js';
import { object } from '../shape/composites.js';
import { ordinal, requestId } from '../shape/fields.js';
import { ucr } from '../shipment/fields.js';
import { answerOutcome, currentHandover, handoverReads, type HandoverRef } from './answer-handover.js';
import { partyCommand } from './define.js';

type AcceptHandoverInput = HandoverRef & { readonly requestId: string };

/** The party it was offered to takes the goods over. */
export const acceptHandover = partyCommand<AcceptHandoverInput>({
  name: 'AcceptHandover',
  writes: ['custody', 'handover'],
  input: object<AcceptHandoverInput>({ requestId, ucr, handover: ordinal }, {}),
  reads: handoverReads,
  decide: (input, { party }, view, { timestamp }) =>
    answerOutcome(accept(currentHandover(input, view), party.partyId, timestamp)),
});
