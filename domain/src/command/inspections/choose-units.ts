import { units } from '../../customs/hold-record.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { partyCommand } from '../define.js';
import {
  byActor,
  inspectionInput,
  inspectionOfCustoms,
  inspectionReads,
  resultAt,
  written,
  type InspectionInput,
} from './inspection-of.js';

type ChooseUnitsInput = InspectionInput & { readonly units: readonly string[] };

/** Customs says which units an inspection is about, where the order did not. */
export const chooseUnits = partyCommand<ChooseUnitsInput>({
  name: 'ChooseUnits',
  roles: customsRoles,
  writes: ['inspection'],
  input: object<ChooseUnitsInput>({ ...inspectionInput, units }, {}),
  reads: inspectionReads,
  decide(input, actor, view, { timestamp }) {
    const { record, answer } = inspectionOfCustoms('choose', input, actor, view);
    const chosen = { ...record, choice: { units: input.units, ...byActor(actor, timestamp) } };
    return { writes: [written(chosen)], result: resultAt(chosen, answer) };
  },
});
