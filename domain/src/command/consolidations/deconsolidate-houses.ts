import { deconsolidate } from '../../consolidation/consolidation.js';
import { partyCommand } from '../define.js';
import { housesInput, housesOutcome, housesReads, knownMaster, type HousesInput } from './houses.js';

/** House consignments come out of the master that they travel under. */
export const deconsolidateHouses = partyCommand<HousesInput>({
  name: 'DeconsolidateHouses',
  writes: ['consolidation'],
  input: housesInput,
  reads: housesReads,
  decide(input, { party }, view, { timestamp }) {
    const { master } = input;
    knownMaster(master, view);
    const step = { at: timestamp, by: party.partyId };
    return housesOutcome(input, view, ({ ucr, custodian }, before) =>
      deconsolidate(before, { ucr, master, custodian }, step),
    );
  },
});
