import { knownLot } from '../../origin/lot/known-lot.js';
import { rejectLot as reject } from '../../origin/lot/lot-offer.js';
import { partyCommand } from '../define.js';
import { closingInput, lotReads, offerOutcome, type ClosingInput } from './answer-lot.js';

/** The party that a lot was offered to does not take it; the holder keeps it. */
export const rejectLot = partyCommand<ClosingInput>({
  name: 'RejectLot',
  writes: ['lot'],
  input: closingInput,
  reads: lotReads,
  decide: ({ lot, reason }, { party }, view, { timestamp }) =>
    offerOutcome(reject(knownLot(lot, view), party.partyId, timestamp, reason)),
});
