import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import { object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { heldLot } from '../../origin/lot/known-lot.js';

type TransferLotInput = { readonly requestId: string; readonly lot: string; readonly to: string };

/** The holder passes what remains of a lot on to another party. */
export const transferLot = partyCommand<TransferLotInput>({
  name: 'TransferLot',
  writes: ['lot'],
  input: object<TransferLotInput>({ requestId, lot: ownedId, to: partyId }, {}),
  reads: ({ lot, to }) => [keys.lot(lot), keys.party(to)],
  decide({ lot, to }, { party }, view) {
    const record = heldLot(lot, party.partyId, view);
    const oneself = { pointer: '/to', code: 'VALUE', message: 'must be another party than the holder' };
    refuseViolations('The transfer', to === party.partyId ? [oneself] : []);
    if (view.get(keys.party(to)) === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${to} is not registered`, {
        partyId: to,
        pointer: '/to',
      });
    }
    return { writes: [entry(keys.lot(lot), { ...record, holder: to })], result: { lot, holder: to } };
  },
});
