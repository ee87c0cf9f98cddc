import { consolidate } from '../../consolidation/consolidation.js';
import { requireCustodian } from '../../handover/handover.js';
import { requireOwnId } from '../../shape/owned-id.js';
import { requireStanding } from '../../shipment/ending.js';
import { partyCommand } from '../define.js';
import { housesInput, housesOutcome, housesReads, knownMaster, type HousesInput } from './houses.js';

/** Who opened a master consignment puts house consignments under it that it has in custody. */
export const consolidateHouses = partyCommand<HousesInput>({
  name: 'ConsolidateHouses',
  writes: ['consolidation'],
  input: housesInput,
  reads: housesReads,
  decide(input, { party }, view, { timestamp }) {
    const { master } = input;
    requireOwnId(master, party.partyId, '/master');
    knownMaster(master, view);
    const step = { at: timestamp, by: party.partyId };
    return housesOutcome(input, view, (custody, before) => {
      requireStanding(custody);
      requireCustodian(custody, party.partyId);
      return consolidate(before, { ucr: custody.ucr, master }, step);
    });
  },
});
