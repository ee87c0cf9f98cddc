import type { ContainmentRecord } from '../containment/containment-record.js';
import { carrying, holds, pack, put, takeOut, unpack } from '../containment/packing.js';
import {
  customsReads,
  heldUnitReads,
  refuseMoveWhileHeld,
  type UnitMove,
} from '../customs/refuse-while-held.js';
import { PassageError } from '../errors/passage-error.js';
import type { JsonObject } from '../json/value.js';
import { entry, type StateEntry } from '../state/codec.js';
import { keys, type StateKey } from '../state/keys.js';
import { Overlay, type WorldView } from '../state/world-view.js';
import { at } from './at-pointer.js';
import type { ActClaim, EventAct } from './event-act.js';
import { readPacking, type PackingEvent, type UnitChild } from './packing-event.js';

/** The most containment records that one act may touch. */
const maxRecords = 40;

/** Goods and units go into a unit: packed, stuffed, loaded. */
const packing: EventAct = {
  type: 'AggregationEvent',
  action: 'ADD',
  writes: ['containment'],
  reads,
  readsThen,
  decide: (claim, view, { timestamp }) => decide(claim, view, timestamp, goIn),
};

/** Goods and units come out of a unit: unpacked, stripped, unloaded. */
const unpacking: EventAct = {
  type: 'AggregationEvent',
  action: 'DELETE',
  writes: ['containment'],
  reads,
  readsThen,
  decide: (claim, view, { timestamp }) => decide(claim, view, timestamp, comeOut),
};

/** What packing and unpacking do to the records of containment. */
export const packingActs: readonly EventAct[] = [packing, unpacking];

/** An act on a unit, with the records it has touched so far. */
interface Movement extends PackingEvent {
  readonly parent: string;
  readonly step: { readonly at: string; readonly by: string };
  readonly records: Overlay;
}

function reads(event: JsonObject): readonly StateKey[] {
  const packing = readPacking(event);
  const { parent, goods, units, ucrs } = packing;
  if (parent === undefined || tooWide(packing)) return [];
  return [
    ...goods.flatMap(({ ucr }) => [keys.containment(parent, ucr), ...customsReads(ucr)]),
    ...ucrs.flatMap((ucr) => [
      keys.containment(parent, ucr),
      ...customsReads(ucr),
      ...units.map(({ unit }) => keys.containment(unit, ucr)),
    ]),
  ];
}

/** While some of the goods are held: what carries the units that the act and the holds name. */
function readsThen(event: JsonObject, view: WorldView): readonly StateKey[] {
  const packing = readPacking(event);
  const { parent, goods, units, ucrs } = packing;
  if (parent === undefined || tooWide(packing)) return [];
  const named = [parent, ...units.map(({ unit }) => unit)];
  return [...ucrs, ...goods.map(({ ucr }) => ucr)].flatMap((ucr) => heldUnitReads(named, ucr, view));
}

function tooWide({ goods, units, ucrs }: PackingEvent): boolean {
  return goods.length + ucrs.length * (units.length + 1) > maxRecords;
}

function decide(
  { event, owner }: ActClaim,
  view: WorldView,
  at: string,
  change: (movement: Movement) => void,
): readonly StateEntry[] {
  const packing = readPacking(event);
  const { parent, goods } = packing;
  if (parent === undefined) {
    refuseUnknownParent(packing);
    return [];
  }
  if (tooWide(packing)) {
    const message = `One act touches ${String(maxRecords)} pairs of unit and consignment at most`;
    throw new PassageError('TOO_LARGE', message, { pointer: '', limit: maxRecords });
  }
  for (const { pointer, packages } of goods) {
    if (packages === undefined || Number.isSafeInteger(packages)) continue;
    throw new PassageError('INVALID_FIELD', 'Packages are counted in whole numbers, without a unit', {
      pointer,
    });
  }
  const records = new Overlay(view);
  change({ ...packing, parent, step: { at, by: owner }, records });
  return records.entries();
}

/** Consignments that the ledger keeps do not vanish into what it does not know. @throws PassageError INVALID_IDENTIFIER */
function refuseUnknownParent({ goods, units, ucrs }: PackingEvent): void {
  if (goods.length === 0 && (units.length === 0 || ucrs.length === 0)) return;
  throw new PassageError('INVALID_IDENTIFIER', 'The parent is no transport unit that the ledger knows', {
    pointer: '/parentID',
  });
}

function goIn(movement: Movement): void {
  const { parent, goods, step, records } = movement;
  for (const { pointer, ...portion } of goods) {
    move(movement, { unit: parent, ucr: portion.ucr, pointer }, { goodsOf: parent }, (before) =>
      pack(before, { unit: parent, ...portion }, step),
    );
  }
  for (const load of loads(movement, holds)) {
    const { ucr, unit } = load;
    move(movement, load, { unit, into: parent }, (before) => put(before, { unit, ucr, into: parent }, step));
    const outer = keys.containment(parent, ucr);
    const carrier = carrying(records.get(outer), { unit: parent, ucr }, step);
    if (carrier !== undefined) records.put(entry(outer, carrier));
  }
}

function comeOut(movement: Movement): void {
  const { parent, goods, units, ucrs, step } = movement;
  // Without children, all that lies in the parent of the consignments comes out (EPCIS 2.0 section 7.4.3).
  const all = goods.length === 0 && units.length === 0;
  const out = all ? ucrs.map((ucr) => ({ ucr, pointer: '/bizTransactionList' })) : goods;
  for (const { pointer, ...portion } of out) {
    move(movement, { unit: parent, ucr: portion.ucr, pointer }, { goodsOf: parent }, (before) =>
      unpack(before, { unit: parent, ...portion }, step),
    );
  }
  for (const load of loads(movement, (inner) => inner?.within === parent)) {
    const { ucr, unit } = load;
    move(movement, load, { unit }, (before) => takeOut(before, { unit, ucr, from: parent }, step));
  }
}

/** Changes one record, unless the goods are held there. @throws PassageError GOODS_HELD and those of the rule */
function move(
  { records }: Movement,
  { unit, ucr, pointer }: Load,
  what: UnitMove,
  rule: (before: ContainmentRecord | undefined) => ContainmentRecord,
): void {
  const key = keys.containment(unit, ucr);
  const after = at(pointer, () => {
    refuseMoveWhileHeld(records, ucr, what);
    return rule(records.get(key));
  });
  records.put(entry(key, after));
}

/** A child unit together with a consignment that travels in it. */
type Load = UnitChild & { readonly ucr: string };

/**
 * The pairs of child unit and named consignment that the act is about. Each child has to be in one: a unit moves on the ledger only
 * as far as somebody's consignments go.
 *
 * @throws PassageError NOT_INSIDE
 */
function loads(
  { units, ucrs, records }: Movement,
  isMeant: (record: ContainmentRecord | undefined) => boolean,
): readonly Load[] {
  if (ucrs.length === 0) return [];
  return units.flatMap((child) => {
    const { unit, pointer } = child;
    const meant = ucrs.filter((ucr) => isMeant(records.get(keys.containment(unit, ucr))));
    if (meant.length > 0) return meant.map((ucr) => ({ ...child, ucr }));
    const details = { unit, ucrs, pointer };
    throw new PassageError('NOT_INSIDE', `${unit} has nothing of the consignments that are named`, details);
  });
}
