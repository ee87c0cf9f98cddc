import { masterFacts, masterOptions, type MasterFacts } from '../../consolidation/master-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { requireOwnId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { requireRegistered } from '../shipments/custody-of.js';

type OpenMasterInput = MasterFacts & { readonly requestId: string };

/** A forwarder or carrier opens a master consignment under the number of its transport document. */
export const openMaster = partyCommand<OpenMasterInput>({
  name: 'OpenMaster',
  roles: ['forwarder', 'carrier'],
  writes: ['master'],
  input: object<OpenMasterInput>({ requestId, ...masterFacts }, masterOptions),
  reads: ({ master, carrier }) => [keys.master(master), keys.party(carrier)],
  decide(input, { party }, view, { timestamp }) {
    const { master, document, carrier, from, to, conveyance } = input;
    requireOwnId(master, party.partyId, '/master');
    if (view.get(keys.master(master)) !== undefined) {
      throw new PassageError('MASTER_EXISTS', `${master} was opened already`, { master });
    }
    requireRegistered(carrier, '/carrier', view);
    if (view.get(keys.party(carrier))?.roles.includes('carrier') !== true) {
      const details = { partyId: carrier, role: 'carrier', pointer: '/carrier' };
      throw new PassageError('ROLE_NOT_HELD', `${carrier} does not hold the role carrier`, details);
    }
    const facts = { master, document, carrier, from, to, ...(conveyance !== undefined && { conveyance }) };
    return {
      writes: [entry(keys.master(master), { v: 1, ...facts, openedAt: timestamp })],
      result: { master },
    };
  },
});
