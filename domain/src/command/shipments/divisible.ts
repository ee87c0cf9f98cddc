import { refuseConsolidated } from '../../consolidation/consolidation.js';
import type { CustomsRecord } from '../../customs/customs-record.js';
import { customsOf, customsReads, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import { PassageError } from '../../errors/passage-error.js';
import type { CustodyRecord } from '../../handover/custody-record.js';
import { parseUcr } from '../../identifiers/index.js';
import { requireStanding } from '../../shipment/ending.js';
import type { NamingRecord } from '../../shipment/naming-record.js';
import type { ShipmentRecord } from '../../shipment/shipment-record.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { custodyOf } from './custody-of.js';

/** A consignment that may go on in others. */
export interface Divisible {
  readonly shipment: ShipmentRecord;
  readonly custody: CustodyRecord;
  readonly customs: CustomsRecord;
}

/** The keys that `divisible` reads. */
export function divisibleReads(ucr: string): readonly StateKey[] {
  return [keys.shipment(ucr), keys.custody(ucr), keys.consolidation(ucr), ...customsReads(ucr)];
}

/** Further keys that it reads: every inspection with its answer. */
export function divisibleReadsThen(ucr: string, view: WorldView): readonly StateKey[] {
  return inspectionsOf(view.get(keys.customs(ucr))).flatMap((inspection) => [
    keys.inspection(ucr, inspection),
    keys.acknowledgement(ucr, inspection),
  ]);
}

/** The numbers of a consignment's inspections. */
function inspectionsOf(customs: CustomsRecord | undefined): readonly number[] {
  return Array.from({ length: customs?.inspections ?? 0 }, (_, index) => index + 1);
}

/**
 * A consignment that its opener or its custodian may split or merge: nobody is asked to take it over just now, nothing holds it,
 * customs does not inspect it, and it travels under no master.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, SHIPMENT_ENDED, MAY_NOT_DIVIDE, HANDOVER_OPEN, GOODS_HELD, UNDER_INSPECTION,
 *   CONSOLIDATED
 */
export function divisible(ucr: string, partyId: string, view: WorldView): Divisible {
  const custody = custodyOf(ucr, view);
  const shipment = view.get(keys.shipment(ucr));
  if (shipment === undefined) {
    throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr });
  }
  requireStanding(custody);
  const { opener } = shipment;
  const { custodian, open } = custody;
  if (partyId !== opener && partyId !== custodian) {
    const details = { ucr, opener, custodian };
    throw new PassageError('MAY_NOT_DIVIDE', `${partyId} neither opened ${ucr} nor has it`, details);
  }
  if (open !== undefined) {
    const message = `Handover ${String(open)} of ${ucr} awaits its answer`;
    throw new PassageError('HANDOVER_OPEN', message, { ucr, handover: open });
  }
  refuseWhileHeld(view, ucr);
  refuseConsolidated(view.get(keys.consolidation(ucr)));
  const customs = customsOf(ucr, view);
  requireInspected(customs, view);
  return { shipment, custody, customs };
}

/**
 * Every inspection has its outcome. One whose order was refused never gets any: it waits for the next one, which customs orders
 * in its place.
 *
 * @throws PassageError UNDER_INSPECTION
 */
function requireInspected(customs: CustomsRecord, view: WorldView): void {
  const { ucr, inspections } = customs;
  const open = inspectionsOf(customs).find((inspection) => {
    if (view.get(keys.inspection(ucr, inspection))?.outcome !== undefined) return false;
    const answer = view.get(keys.acknowledgement(ucr, inspection));
    return inspection === inspections || answer?.answer !== 'refused';
  });
  if (open === undefined) return;
  const message = `Inspection ${String(open)} of ${ucr} has no outcome`;
  throw new PassageError('UNDER_INSPECTION', message, { ucr, inspection: open });
}

/** The keys that `requireNewUcr` reads. */
export function newUcrReads(ucr: string): readonly StateKey[] {
  return [keys.shipment(ucr), keys.customs(ucr)];
}

/** @throws PassageError UCR_NOT_YOURS, SHIPMENT_EXISTS */
export function requireNewUcr(ucr: string, partyId: string, pointer: string, view: WorldView): void {
  const { trader } = parseUcr(ucr);
  if (trader !== partyId) {
    const message = `${ucr} names the trader ${trader}, not ${partyId}`;
    throw new PassageError('UCR_NOT_YOURS', message, { ucr, trader, pointer });
  }
  if (newUcrReads(ucr).every((key) => view.get(key) === undefined)) return;
  throw new PassageError('SHIPMENT_EXISTS', `${ucr} was opened already`, { ucr, pointer });
}

/** The most parties that are named again in what comes of a consignment. */
export const maxNamed = 10;

/**
 * Parties that were named in a consignment after its opening are named in what comes of it, in the same role.
 *
 * @throws PassageError NAMING_UNKNOWN
 */
export function namedAgain(
  {
    named,
    from,
    into,
  }: {
    readonly named: readonly string[];
    readonly from: readonly string[];
    readonly into: readonly string[];
  },
  step: Pick<NamingRecord, 'namedBy' | 'namedAt'>,
  view: WorldView,
): readonly StateEntry[] {
  return named.flatMap((partyId, index) => {
    const naming = from.map((ucr) => view.get(keys.naming(ucr, partyId))).find((each) => each !== undefined);
    if (naming === undefined) {
      const details = { partyId, from, pointer: `/named/${String(index)}` };
      throw new PassageError('NAMING_UNKNOWN', `${partyId} was not named after the opening`, details);
    }
    const { role } = naming;
    return into.map((ucr) => entry(keys.naming(ucr, partyId), { v: 1, ucr, partyId, role, ...step }));
  });
}
