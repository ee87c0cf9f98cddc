import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations } from '../../errors/violations.js';
import { parametersOf } from '../../parameters/in-force.js';
import { requireOwnId } from '../../shape/owned-id.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { heldLot, requireNewLot } from '../lot/known-lot.js';
import { newLot } from '../lot/lot.js';
import type { Classified, StatementRef } from '../lot/lot-record.js';
import type { Unit } from '../unit.js';
import { planViolations } from './plan-violations.js';
import { transform } from './transform.js';
import type { Conversion, TransformationRecord } from './transformation-record.js';

export type ConsumedRequest = { readonly lot: string; readonly quantity: number };
export type MadeRequest = Classified & {
  readonly lot: string;
  readonly unit: Unit;
  readonly quantity: number;
};

/** A transformation as it is asked for, by a command or by an event. */
export type TransformationRequest = {
  readonly transformation: string;
  readonly measure: string;
  readonly conversions?: readonly Conversion[];
  readonly inputs: readonly ConsumedRequest[];
  readonly outputs: readonly MadeRequest[];
};

/** Who transforms, when, and by which statement where a device has said it. */
export interface Transforming {
  readonly by: string;
  readonly at: string;
  readonly statement?: StatementRef;
}

/** The keys that `transformationWrites` reads. */
export function transformationReads({
  transformation,
  inputs,
  outputs,
}: {
  readonly transformation: string;
  readonly inputs: readonly { readonly lot: string }[];
  readonly outputs: readonly { readonly lot: string }[];
}): readonly StateKey[] {
  return [keys.transformation(transformation), ...[...inputs, ...outputs].map(({ lot }) => keys.lot(lot))];
}

/**
 * What a transformation writes: itself, the lots that it drew on, and those that it made.
 *
 * @throws PassageError ID_NOT_YOURS, INVALID_FIELD, TRANSFORMATION_EXISTS, LOT_EXISTS, LOT_UNKNOWN, NOT_HOLDER, or a
 *   code of `transform`
 */
export function transformationWrites(
  request: TransformationRequest,
  { by, at, statement }: Transforming,
  view: WorldView,
): readonly StateEntry[] {
  const { transformation, measure, conversions = [] } = request;
  requireNew(request, by, view);
  const held = request.inputs.map(({ lot, quantity }) => ({ lot: heldLot(lot, by, view), quantity }));
  const { lots, consumed, made } = transform(
    { measure, conversions, inputs: held, outputs: request.outputs },
    parametersOf(view),
  );
  const record: TransformationRecord = {
    v: 1,
    transformation,
    by,
    measure,
    conversions,
    inputs: consumed,
    outputs: request.outputs.map(({ lot }) => lot),
    at,
    ...(statement && { statement }),
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
