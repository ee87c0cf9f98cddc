import { knownLot } from '../../origin/lot/known-lot.js';
import { withdrawLotOffer as withdraw } from '../../origin/lot/lot-offer.js';
import { partyCommand } from '../define.js';
import { closingInput, lotReads, offerOutcome, type ClosingInput } from './answer-lot.js';

/** The holder takes its offer of a lot back before it is answered. */
export const withdrawLotOffer = partyCommand<ClosingInput>({
  name: 'WithdrawLotOffer',
  writes: ['lot'],
  input: closingInput,
  reads: lotReads,
  decide: ({ lot, reason }, { party }, view, { timestamp }) =>
    offerOutcome(withdraw(knownLot(lot, view), party.partyId, timestamp, reason)),
});
