import type { StatementFact } from '../facts/facts.js';
import { comparePositions } from '../facts/ledger-position.js';
import { areApart, metresApart, type Whereabouts } from '../facts/whereabouts.js';
import { step, type Alert } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

/** A statement that puts a thing at a place at a time. */
type Sighting = StatementFact & { readonly where: Whereabouts; readonly eventTime: number };

/**
 * A thing that was seen at two places at once, or got from one to the next faster than anything moves. Only things with an EPC:
 * a consignment may well be in several places.
 */
export function movementAlerts(
  statements: readonly StatementFact[],
  tolerances: TolerancesAt,
): readonly Alert[] {
  return [...sightingsByThing(statements)].flatMap(([thing, sightings]) =>
    sightings.flatMap((sighting, index) => {
      const before = sightings[index - 1];
      return before ? between(thing, before, sighting, tolerances) : [];
    }),
  );
}

function sightingsByThing(statements: readonly StatementFact[]): ReadonlyMap<string, readonly Sighting[]> {
  const byThing = new Map<string, Sighting[]>();
  for (const statement of statements.filter(isSighting)) {
    for (const thing of statement.things) byThing.set(thing, [...(byThing.get(thing) ?? []), statement]);
  }
  for (const sightings of byThing.values()) {
    sightings.sort((one, other) => one.eventTime - other.eventTime || comparePositions(one.at, other.at));
  }
  return byThing;
}

function isSighting(statement: StatementFact): statement is Sighting {
  return statement.where !== undefined && statement.eventTime !== undefined;
}

const HOUR = 3_600_000;

function between(thing: string, from: Sighting, to: Sighting, tolerancesAt: TolerancesAt): readonly Alert[] {
  const later = comparePositions(from.at, to.at) < 0 ? to : from;
  const { samePlace, topSpeed, clockDrift } = tolerancesAt(later.at);
  if (!areApart(from.where, to.where, samePlace)) return [];
  const milliseconds = to.eventTime - from.eventTime;
  const metres = metresApart(from.where, to.where);
  const alert = (kind: 'two_places' | 'impossible_speed', details: Alert['details']): readonly Alert[] => [
    {
      kind,
      subject: thing,
      at: later.at,
      path: [step('object', thing), step('statement', to.statementId), step('statement', from.statementId)],
      details: { milliseconds, ...(metres !== undefined && { metres }), ...details },
    },
  ];
  if (milliseconds <= clockDrift) return alert('two_places', {});
  const speed = metres === undefined ? 0 : Math.round((metres / 1000) * (HOUR / milliseconds));
  return speed > topSpeed ? alert('impossible_speed', { kilometresAnHour: speed }) : [];
}
