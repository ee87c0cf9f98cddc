import { customsReads, refuseWhileHeld } from '../customs/refuse-while-held.js';
import {
  countIn,
  quantitiesIn,
  readLotTransformation,
  type ClassedLot,
  type ClassedQuantity,
} from '../epcis/lot-transformation.js';
import { PSG_TRANSFORMATION } from '../epcis/psg.js';
import { PassageError } from '../errors/passage-error.js';
import type { JsonObject } from '../json/value.js';
import { heldLot } from '../origin/lot/known-lot.js';
import { transformationReads, transformationWrites } from '../origin/transformation/transformation-writes.js';
import type { Unit } from '../origin/unit.js';
import type { StateKey } from '../state/keys.js';
import { at } from './at-pointer.js';
import { consignmentsOf, maxConsignments } from './concern.js';
import type { EventAct } from './event-act.js';

/** Lots are used up and made, as by `TransformLots`; the goods of a consignment are not while they are held. */
const transforming: EventAct = {
  type: 'TransformationEvent',
  writes: ['lot', 'transformation'],
  reads,
  decide({ event, owner, kid, seq }, view, { timestamp }) {
    for (const { ucr, pointer } of consignmentsOf(event)) at(pointer, () => refuseWhileHeld(view, ucr));
    const stated = readLotTransformation(event);
    if (stated === undefined) return [];
    const inputs = measured(stated.inputs, quantitiesIn(event, 'inputQuantityList'));
    const outputs = measured(stated.outputs, quantitiesIn(event, 'outputQuantityList'));
    return pointed([...inputs, ...outputs], () => {
      const request = {
        ...stated,
        inputs: inputs.map(({ lot, stated }) => ({
          lot,
          quantity: count(stated, heldLot(lot, owner, view).unit),
        })),
        outputs: outputs.map(({ stated, ...made }) => ({ ...made, quantity: count(stated, made.unit) })),
      };
      return transformationWrites(request, { by: owner, at: timestamp, statement: { kid, seq } }, view);
    });
  },
};

/** What transforming does to the records of lots. */
export const transformationActs: readonly EventAct[] = [transforming];

function reads(event: JsonObject): readonly StateKey[] {
  const stated = readLotTransformation(event);
  const consignments = consignmentsOf(event).slice(0, maxConsignments);
  return [
    ...consignments.flatMap(({ ucr }) => customsReads(ucr)),
    ...(stated === undefined ? [] : transformationReads(stated)),
  ];
}

/** Lots with the quantity that the event states of each; its form was judged, so there is one. */
function measured<Lot extends ClassedLot>(
  lots: readonly Lot[],
  quantities: readonly ClassedQuantity[],
): readonly (Lot & { readonly stated: ClassedQuantity })[] {
  return lots.flatMap((lot) =>
    quantities.filter(({ epcClass }) => epcClass === lot.epcClass).map((stated) => ({ ...lot, stated })),
  );
}

/** @throws PassageError INVALID_FIELD where the quantity cannot be counted in the lot's unit */
function count(stated: ClassedQuantity, unit: Unit): number {
  const counted = countIn(stated, unit);
  if (typeof counted === 'number') return counted;
  const { pointer, message } = counted;
  throw new PassageError('INVALID_FIELD', `The quantity ${message}`, { pointer });
}

const extension = `/${PSG_TRANSFORMATION}`;

/** Runs a rule about lots: its refusal points to the quantity of the lot that it names, or into the extension. */
function pointed<T>(
  lots: readonly { readonly lot: string; readonly stated: ClassedQuantity }[],
  rule: () => T,
): T {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    const { pointer, id, lot = id } = error.details;
    const quantity = lots.find((each) => each.lot === lot)?.stated.pointer;
    throw new PassageError(error.code, error.message, {
      ...error.details,
      pointer: placeIn(pointer) ?? quantity ?? extension,
    });
  }
}

/** The rule's own pointer: into the quantities, or into the members that the extension shares with `TransformLots`. */
function placeIn(pointer: unknown): string | undefined {
  if (typeof pointer !== 'string') return undefined;
  return /^\/(?:in|out)putQuantityList\//.test(pointer) ? pointer : extension + pointer;
}
