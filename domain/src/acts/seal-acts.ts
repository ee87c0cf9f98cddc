import { holds } from '../containment/packing.js';
import { describeEvent } from '../epcis/describe-event.js';
import { PassageError } from '../errors/passage-error.js';
import { unitOfUri } from '../identifiers/transport-unit.js';
import type { JsonObject } from '../json/value.js';
import { fitSeal, removeSeal, requireMaySeal } from '../seal/seal.js';
import { fittingKinds, type FittingKind, type SealRecord, type SealStep } from '../seal/seal-record.js';
import { entry, type StateEntry } from '../state/codec.js';
import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import { entries, maxConsignments } from './concern.js';
import type { ActClaim, EventAct } from './event-act.js';
import { at } from './at-pointer.js';

/** The most seals and trackers that one act may fit or remove. */
const maxSeals = 8;

/** A seal or tracker among an event's children. */
interface SealChild {
  readonly kind: FittingKind;
  readonly seal: string;
  readonly pointer: string;
}

/** Seals and trackers are fitted to a unit. */
const fitting: EventAct = {
  type: 'AssociationEvent',
  action: 'ADD',
  writes: ['seal'],
  reads,
  decide: (claim, view, { timestamp }) =>
    decide(claim, view, timestamp, ({ seal, kind }, unit, before, step) =>
      fitSeal(before, { unit, seal }, { kind }, step),
    ),
};

/** Seals and trackers are removed from a unit. */
const removing: EventAct = {
  type: 'AssociationEvent',
  action: 'DELETE',
  writes: ['seal'],
  reads,
  decide: (claim, view, { timestamp }) =>
    decide(claim, view, timestamp, ({ seal }, unit, before, step) => {
      const removed = removeSeal(before, { unit, seal }, step);
      requireMaySeal(removed, false);
      return removed;
    }),
};

/** What fitting and removing do to the records of seals. */
export const sealActs: readonly EventAct[] = [fitting, removing];

/** What an AssociationEvent says of seals, whatever its form. */
function readSealing(event: JsonObject): {
  readonly unit: string | undefined;
  readonly seals: readonly SealChild[];
  readonly ucrs: readonly string[];
} {
  const { parentID } = event;
  return {
    unit: typeof parentID === 'string' ? unitOfUri(parentID) : undefined,
    seals: entries(event['childEPCs']).flatMap((child, index) =>
      typeof child === 'string' ? sealIn(child, `/childEPCs/${String(index)}`) : [],
    ),
    ucrs: describeEvent(event).ucrs,
  };
}

function sealIn(uri: string, pointer: string): readonly SealChild[] {
  const [, kind, seal = ''] = /^urn:passage:(seal|tracker):([A-Za-z0-9-]{1,32})$/.exec(uri) ?? [];
  const known = fittingKinds.find((each) => each === kind);
  return known === undefined ? [] : [{ kind: known, seal, pointer }];
}

function reads(event: JsonObject): readonly StateKey[] {
  const { unit, seals, ucrs } = readSealing(event);
  if (unit === undefined || seals.length > maxSeals || ucrs.length > maxConsignments) return [];
  return [
    ...seals.map(({ seal }) => keys.seal(unit, seal)),
    ...ucrs.map((ucr) => keys.containment(unit, ucr)),
  ];
}

/** Whoever has nothing in a unit, as far as the event says, changes nothing about its seals. */
function decide(
  { event, owner, kid, statementId }: ActClaim,
  view: WorldView,
  timestamp: string,
  change: (child: SealChild, unit: string, before: SealRecord | undefined, step: SealStep) => SealRecord,
): readonly StateEntry[] {
  const { unit, seals, ucrs } = readSealing(event);
  if (unit === undefined || seals.length === 0 || ucrs.length === 0) return [];
  if (seals.length > maxSeals) {
    const message = `One act fits or removes ${String(maxSeals)} seals at most`;
    throw new PassageError('TOO_LARGE', message, { pointer: '/childEPCs', limit: maxSeals });
  }
  if (!ucrs.some((ucr) => holds(view.get(keys.containment(unit, ucr))))) {
    const details = { unit, ucrs, pointer: '/bizTransactionList' };
    throw new PassageError('NOT_INSIDE', `${unit} has nothing of the consignments that are named`, details);
  }
  const statement = statementId.slice(statementId.indexOf(';') + 1);
  const step = { at: timestamp, by: owner, kid, statement };
  return seals.map((child) => {
    const key = keys.seal(unit, child.seal);
    return entry(
      key,
      at(child.pointer, () => change(child, unit, view.get(key), step)),
    );
  });
}
