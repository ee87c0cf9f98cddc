import { knownLot } from '../../origin/lot/known-lot.js';
import { acceptLot as accept } from '../../origin/lot/lot-offer.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { partyCommand } from '../define.js';
import { lotReads, offerOutcome } from './answer-lot.js';

type AcceptLotInput = { readonly requestId: string; readonly lot: string };

/** The party that a lot was offered to takes it: from then on it is the holder. */
export const acceptLot = partyCommand<AcceptLotInput>({
  name: 'AcceptLot',
  writes: ['lot'],
  input: object<AcceptLotInput>({ requestId, lot: ownedId }, {}),
  reads: lotReads,
  decide: ({ lot }, { party }, view, { timestamp }) =>
    offerOutcome(accept(knownLot(lot, view), party.partyId, timestamp)),
});
