import { refuseViolations } from '../../errors/violations.js';
import { knownLot } from '../../origin/lot/known-lot.js';
import { offerLot as offer } from '../../origin/lot/lot-offer.js';
import { object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { requireRegistered } from '../shipments/custody-of.js';
import { offerOutcome } from './answer-lot.js';

type OfferLotInput = { readonly requestId: string; readonly lot: string; readonly to: string };

/** The holder offers what remains of a lot to another party. */
export const offerLot = partyCommand<OfferLotInput>({
  name: 'OfferLot',
  writes: ['lot'],
  input: object<OfferLotInput>({ requestId, lot: ownedId, to: partyId }, {}),
  reads: ({ lot, to }) => [keys.lot(lot), keys.party(to)],
  decide({ lot, to }, { party }, view, { timestamp }) {
    const offered = offer(knownLot(lot, view), party.partyId, to, timestamp);
    const oneself = { pointer: '/to', code: 'VALUE', message: 'must be another party than the holder' };
    refuseViolations('The offer', to === party.partyId ? [oneself] : []);
    requireRegistered(to, '/to', view);
    return offerOutcome(offered);
  },
});
