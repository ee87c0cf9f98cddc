import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import { newLot } from '../../origin/lot/lot.js';
import { classified, type Classified } from '../../origin/lot/lot-record.js';
import { planViolations } from '../../origin/transformation/plan-violations.js';
import { transform } from '../../origin/transformation/transform.js';
import {
  conversions,
  maxLots,
  type Conversion,
  type TransformationRecord,
} from '../../origin/transformation/transformation-record.js';
import { quantity, unit, uom, type Unit } from '../../origin/unit.js';
import { list, object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId, requireOwnId } from '../../shape/owned-id.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { partyCommand } from '../define.js';
import { heldLot, requireNewLot } from './known-lot.js';

type Input = { readonly lot: string; readonly quantity: number };
type Output = Classified & { readonly lot: string; readonly unit: Unit; readonly quantity: number };

/** A transformation as it is asked for. */
export type TransformationRequest = {
  readonly transformation: string;
  readonly measure: string;
  readonly conversions?: readonly Conversion[];
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
};

type TransformLotsInput = TransformationRequest & { readonly requestId: string };

const inputs = list(object<Input>({ lot: ownedId, quantity }, {}), { min: 1, max: maxLots });
const outputs = list(object<Output>({ lot: ownedId, ...classified, unit, quantity }, {}), {
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
  reads: ({ transformation, inputs, outputs }) => [
    keys.transformation(transformation),
    ...[...inputs, ...outputs].map(({ lot }) => keys.lot(lot)),
  ],
  decide: (input, { party }, view, { timestamp }) => ({
    writes: transformationWrites(input, party.partyId, view, timestamp),
    result: { transformation: input.transformation, lots: input.outputs.map(({ lot }) => lot) },
  }),
});

/**
 * What a transformation writes: itself, the lots that it drew on, and those that it made.
 *
 * @throws PassageError ID_NOT_YOURS, INVALID_FIELD, TRANSFORMATION_EXISTS, LOT_EXISTS, LOT_UNKNOWN, NOT_HOLDER, or a
 *   code of `transform`
 */
function transformationWrites(
  request: TransformationRequest,
  by: string,
  view: WorldView,
  at: string,
): readonly StateEntry[] {
  const { transformation, measure, conversions = [] } = request;
  requireNew(request, by, view);
  const held = request.inputs.map(({ lot, quantity }) => ({ lot: heldLot(lot, by, view), quantity }));
  const { lots, consumed, made } = transform({
    measure,
    conversions,
    inputs: held,
    outputs: request.outputs,
  });
  const record: TransformationRecord = {
    v: 1,
    transformation,
    by,
    measure,
    conversions,
    inputs: consumed,
    outputs: request.outputs.map(({ lot }) => lot),
    at,
  };
  return [
    entry(keys.transformation(transformation), record),
    ...lots.map((lot) => entry(keys.lot(lot.lot), lot)),
    ...request.outputs.flatMap(({ lot, hs, hsEdition }) => {
      const stock = made.get(lot);
      if (stock === undefined) return [];
      return [
        entry(keys.lot(lot), newLot({ lot, holder: by, at, hs, hsEdition }, stock, { transformation })),
      ];
    }),
  ];
}

/** Nothing of what is to be made is there yet, and its ids are the party's own. */
function requireNew(request: TransformationRequest, by: string, view: WorldView): void {
  const { transformation, conversions = [] } = request;
  requireOwnId(transformation, by, '/transformation');
  for (const [index, { lot }] of request.outputs.entries())
    requireOwnId(lot, by, `/outputs/${String(index)}/lot`);
  refuseViolations('The transformation', planViolations({ ...request, conversions }));
  if (view.get(keys.transformation(transformation)) !== undefined) {
    const message = `A transformation ${transformation} is on the ledger already`;
    throw new PassageError('TRANSFORMATION_EXISTS', message, { transformation });
  }
  for (const { lot } of request.outputs) requireNewLot(lot, view);
}
