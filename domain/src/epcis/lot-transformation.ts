import type { Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../json/value.js';
import { classified, type Classified } from '../origin/lot/lot-record.js';
import { inSmallestUnits, isIn, type StatedQuantity } from '../origin/stated-quantity.js';
import { planViolations } from '../origin/transformation/plan-violations.js';
import { conversions, maxLots, type Conversion } from '../origin/transformation/transformation-record.js';
import { unit, uom, type Unit } from '../origin/unit.js';
import { list, object } from '../shape/composites.js';
import { ownedId } from '../shape/owned-id.js';
import { such } from '../shape/scalars.js';
import { hasEntries, report, rule } from './check.js';
import { PSG_TRANSFORMATION } from './psg.js';
import { isUri } from './values.js';

/** Which lot of the ledger an EPC class of the event is. */
export type ClassedLot = { readonly epcClass: string; readonly lot: string };

/** The same for a lot that is made, with what an event has no words for. */
export type MadeClass = ClassedLot & Classified & { readonly unit: Unit };

/**
 * What a TransformationEvent of lots says under `psg:transformation`: the members of `TransformLots`, where the event's own
 * `inputQuantityList` and `outputQuantityList` have the quantities. Classes stay what a company calls them, an LGTIN say.
 */
export type LotTransformation = {
  readonly transformation: string;
  readonly measure: string;
  readonly conversions?: readonly Conversion[];
  readonly inputs: readonly ClassedLot[];
  readonly outputs: readonly MadeClass[];
};

/** A quantity of the event: where it stands, and the class that it is of. */
export interface ClassedQuantity extends StatedQuantity {
  readonly epcClass: string;
  readonly pointer: string;
}

const epcClass = such(isUri, 'a URI');
const lotsOf = { min: 1, max: maxLots };

const lotTransformation = object<LotTransformation>(
  {
    transformation: ownedId,
    measure: uom,
    inputs: list(object<ClassedLot>({ epcClass, lot: ownedId }, {}), lotsOf),
    outputs: list(object<MadeClass>({ epcClass, lot: ownedId, ...classified, unit }, {}), lotsOf),
  },
  { conversions },
);

/** The lots that a TransformationEvent is about; undefined where it is about none of the ledger's, or says so in bad form. */
export function readLotTransformation(event: JsonObject): LotTransformation | undefined {
  const stated = event[PSG_TRANSFORMATION];
  return stated === undefined ? undefined : lotTransformation(stated, '', []);
}

/** The quantities in one of an event's lists; an element that states none is left out. */
export function quantitiesIn(event: JsonObject, name: string): readonly ClassedQuantity[] {
  const elements = event[name];
  if (elements === undefined || !isJsonArray(elements)) return [];
  return elements.flatMap((element, index) => {
    if (!isJsonObject(element)) return [];
    const { epcClass: of, quantity, uom: measured } = element;
    if (typeof of !== 'string' || typeof quantity !== 'number') return [];
    const pointer = pointerTo(`/${name}`, index);
    return [{ epcClass: of, quantity, pointer, ...(typeof measured === 'string' && { uom: measured }) }];
  });
}

/**
 * A transformation of lots speaks of quantities alone, and of each of them as one lot: whatever it left out would be material
 * of which nobody knows the origin.
 */
export const lotsOfTransformation = rule((event, pointer, scope) => {
  const stated = event[PSG_TRANSFORMATION];
  if (stated === undefined) return;
  const read = lotTransformation(stated, pointer + place, scope.violations);
  for (const name of ['inputEPCList', 'outputEPCList']) {
    if (!hasEntries(event, name)) continue;
    report(
      scope,
      pointerTo(pointer, name),
      'VALUE',
      'names single things: a transformation of lots has none',
    );
  }
  for (const found of read === undefined ? [] : lotViolations(event, read)) {
    scope.violations.push({ ...found, pointer: pointer + found.pointer });
  }
});

const place = pointerTo('', PSG_TRANSFORMATION);

function lotViolations(event: JsonObject, stated: LotTransformation): readonly Violation[] {
  const { conversions: factors = [], inputs, outputs } = stated;
  const plan = planViolations({ ...stated, conversions: factors });
  return [
    ...plan.map((each) => ({ ...each, pointer: place + each.pointer })),
    ...sideViolations(event, 'inputQuantityList', inputs, `${place}/inputs`),
    ...sideViolations(event, 'outputQuantityList', outputs, `${place}/outputs`),
    ...outputs.flatMap((made) => madeViolations(event, made)),
  ];
}

/** Each quantity stands for one lot, and each lot has one quantity. */
function sideViolations(
  event: JsonObject,
  name: string,
  lots: readonly ClassedLot[],
  side: string,
): readonly Violation[] {
  const quantities = quantitiesIn(event, name);
  const strange = quantities
    .filter((each) => !lots.some((lot) => lot.epcClass === each.epcClass))
    .map((each) => ({ pointer: each.pointer, code: 'VALUE', message: `stands for no lot of ${side}` }));
  const uncounted = lots.flatMap((lot, index) => {
    const among = [...quantities, ...lots].filter((each) => each.epcClass === lot.epcClass);
    if (among.length === 2) return [];
    const message = `must stand once there, and once with a quantity in ${name}`;
    return [{ pointer: `${side}/${String(index)}/epcClass`, code: 'VALUE', message }];
  });
  return [...strange, ...uncounted];
}

/** What stands against the quantity of a lot that is made, which declares its own unit. */
function madeViolations(event: JsonObject, { epcClass: made, unit: of }: MadeClass): readonly Violation[] {
  const counts = quantitiesIn(event, 'outputQuantityList')
    .filter((each) => each.epcClass === made)
    .map((each) => countIn(each, of));
  return counts.filter((count) => typeof count !== 'number');
}

/** A quantity in the smallest unit that a lot is counted in, or why it is none. */
export function countIn({ pointer, ...stated }: ClassedQuantity, of: Unit): number | Violation {
  if (!isIn(stated, of)) {
    return { pointer: `${pointer}/uom`, code: 'VALUE', message: `must be ${of.uom}, as the lot is counted` };
  }
  const message = `must have at most ${String(of.decimals)} decimals, as the lot is counted`;
  return (
    inSmallestUnits(stated.quantity, of.decimals) ?? {
      pointer: `${pointer}/quantity`,
      code: 'VALUE',
      message,
    }
  );
}
