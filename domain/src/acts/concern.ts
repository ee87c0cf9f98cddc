import { refuseUnderControl } from '../customs/regime.js';
import { customsOf, customsReads, refuseWhileHeld } from '../customs/refuse-while-held.js';
import { describeEvent } from '../epcis/describe-event.js';
import { PassageError } from '../errors/passage-error.js';
import { ucrOfUri } from '../identifiers/ucr.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { requireStanding } from '../shipment/ending.js';
import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import { at } from './at-pointer.js';
import type { ActClaim, EventAct } from './event-act.js';

/** The most consignments that one act may concern: what an event writes and reads stays bounded. */
export const maxConsignments = 20;

/** A consignment that an event names, and where. */
export type NamedConsignment = { readonly ucr: string; readonly pointer: string };

/** Where an event may name consignments among things: whole ones, and packages of them. */
const lists = [
  ['epcList', undefined],
  ['childEPCs', undefined],
  ['quantityList', 'epcClass'],
  ['childQuantityList', 'epcClass'],
  ['inputEPCList', undefined],
  ['outputEPCList', undefined],
  ['inputQuantityList', 'epcClass'],
  ['outputQuantityList', 'epcClass'],
] as const;

/** Every consignment that an event is about: those of its business transactions, and those among its things; each once. */
export function consignmentsOf(event: JsonObject): readonly NamedConsignment[] {
  const named = describeEvent(event).ucrs.map((ucr) => ({ ucr, pointer: '/bizTransactionList' }));
  const things = lists.flatMap(([list, member]) =>
    entries(event[list]).flatMap((thing, index) => {
      const uri = member !== undefined && isJsonObject(thing) ? thing[member] : thing;
      const ucr = typeof uri === 'string' ? ucrOfUri(uri) : undefined;
      return ucr === undefined ? [] : [{ ucr, pointer: `/${list}/${String(index)}` }];
    }),
  );
  return [...new Map([...things, ...named].map((each) => [each.ucr, each])).values()];
}

export function entries(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

/** The keys by which an act's permission is judged. */
function concernReads(event: JsonObject): readonly StateKey[] {
  return concernedReads(event, (ucr) => [keys.custody(ucr)]);
}

function concernedReads(
  event: JsonObject,
  keysOf: (ucr: string) => readonly StateKey[],
): readonly StateKey[] {
  return consignmentsOf(event)
    .slice(0, maxConsignments)
    .flatMap(({ ucr }) => keysOf(ucr));
}

/**
 * Who acts on a consignment has it in custody. An act that names no consignment changes nothing that the ledger keeps, and is
 * recorded as its device's word.
 *
 * Of a consignment that was split or merged, goods may still come out of units.
 *
 * @throws PassageError TOO_LARGE, SHIPMENT_UNKNOWN, NOT_CUSTODIAN, SHIPMENT_ENDED
 */
function requireCustody({ event, owner }: ActClaim, view: WorldView): void {
  const consignments = consignmentsOf(event);
  const { length } = consignments;
  if (length > maxConsignments) {
    const message = `One act concerns ${String(maxConsignments)} consignments at most, not ${String(length)}`;
    throw new PassageError('TOO_LARGE', message, { pointer: '', limit: maxConsignments });
  }
  for (const { ucr, pointer } of consignments) {
    const custody = view.get(keys.custody(ucr));
    if (custody === undefined) {
      throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr, pointer });
    }
    if (custody.custodian !== owner) {
      const { custodian } = custody;
      const message = `${ucr} is in the custody of ${custodian}, not of ${owner}, whose device acts`;
      throw new PassageError('NOT_CUSTODIAN', message, { ucr, custodian, owner, pointer });
    }
    if (!takesOut(event)) {
      at(pointer, () => {
        requireStanding(custody);
      });
    }
  }
}

/** Whether the act only takes things out of units, or seals off them. */
function takesOut({ type, action }: JsonObject): boolean {
  return action === 'DELETE' && (type === 'AggregationEvent' || type === 'AssociationEvent');
}

function concern(type: string, action?: EventAct['action']): EventAct {
  return {
    type,
    ...(action && { action }),
    writes: [],
    reads: concernReads,
    decide(claim, view) {
      requireCustody(claim, view);
      return [];
    },
  };
}

/** Things cease to be: nothing of a consignment does while any of it is held, or under customs control. */
const ceasing: EventAct = {
  ...concern('ObjectEvent', 'DELETE'),
  reads: (event) => [...concernReads(event), ...concernedReads(event, customsReads)],
  decide(claim, view) {
    requireCustody(claim, view);
    for (const { ucr, pointer } of consignmentsOf(claim.event)) {
      at(pointer, () => {
        refuseWhileHeld(view, ucr);
        refuseUnderControl(customsOf(ucr, view));
      });
    }
    return [];
  },
};

/** Permission for every act with an action: things that come into being or cease, go in or out, are fitted, or get papers. */
export const concernActs: readonly EventAct[] = [
  concern('ObjectEvent', 'ADD'),
  ceasing,
  ...['AggregationEvent', 'AssociationEvent'].flatMap((type) => [
    concern(type, 'ADD'),
    concern(type, 'DELETE'),
  ]),
  concern('TransactionEvent', 'OBSERVE'),
  concern('TransactionEvent', 'ADD'),
  concern('TransactionEvent', 'DELETE'),
  concern('TransformationEvent'),
];
