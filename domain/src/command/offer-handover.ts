import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import { offerHandover as offer } from '../handover/handover.js';
import { object } from '../shape/composites.js';
import { partyId, requestId } from '../shape/fields.js';
import { place, ucr } from '../shipment/fields.js';
import { entry } from '../state/codec.js';
import { keys } from '../state/keys.js';
import { partyCommand } from './define.js';

type OfferHandoverInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly to: string;
  readonly place: string;
};

/** The custodian offers the goods to another registered party at a place. */
export const offerHandover = partyCommand<OfferHandoverInput>({
  name: 'OfferHandover',
  writes: ['custody', 'handover'],
  input: object<OfferHandoverInput>({ requestId, ucr, to: partyId, place }, {}),
  reads: ({ ucr, to }) => [keys.custody(ucr), keys.party(to)],
  decide({ ucr, to, place }, { party }, view, { timestamp }) {
    const custody = view.get(keys.custody(ucr));
    if (custody === undefined) {
      throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr });
    }
    const step = offer(custody, { from: party.partyId, to, place, at: timestamp });
    refuseViolations('The offer', to === party.partyId ? [toOneself] : []);
    if (view.get(keys.party(to)) === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${to} is not registered`, {
        partyId: to,
        pointer: '/to',
      });
    }
    const { handover } = step.handover;
    return {
      writes: [entry(keys.custody(ucr), step.custody), entry(keys.handover(ucr, handover), step.handover)],
      result: { ucr, handover },
    };
  },
});

const toOneself = {
  pointer: '/to',
  code: 'VALUE',
  message: 'must be another party than the one that offers',
};
