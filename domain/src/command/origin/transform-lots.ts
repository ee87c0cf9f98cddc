import { classified } from '../../origin/lot/lot-record.js';
import { conversions, maxLots } from '../../origin/transformation/transformation-record.js';
import {
  transformationReads,
  transformationWrites,
  type ConsumedRequest,
  type MadeRequest,
  type TransformationRequest,
} from '../../origin/transformation/transformation-writes.js';
import { quantity, unit, uom } from '../../origin/unit.js';
import { list, object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { partyCommand } from '../define.js';

type TransformLotsInput = TransformationRequest & { readonly requestId: string };

const inputs = list(object<ConsumedRequest>({ lot: ownedId, quantity }, {}), { min: 1, max: maxLots });
const outputs = list(object<MadeRequest>({ lot: ownedId, ...classified, unit, quantity }, {}), {
  min: 1,
  max: maxLots,
});

/** The holder of lots uses them up, wholly or in part, and makes others out of them. */
export const transformLots = partyCommand<TransformLotsInput>({
  name: 'TransformLots',
  writes: ['lot', 'transformation'],
  input: object<TransformLotsInput>(
    { requestId, transformation: ownedId, measure: uom, inputs, outputs },
    { conversions },
  ),
  reads: transformationReads,
  decide: (input, { party }, view, { timestamp }) => ({
    writes: transformationWrites(input, { by: party.partyId, at: timestamp }, view),
    result: { transformation: input.transformation, lots: input.outputs.map(({ lot }) => lot) },
  }),
});
