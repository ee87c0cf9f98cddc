import { carriersOf } from '@passage/domain';
import type { StatementFact, WithinFact } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { RecordedStatement } from '../index/statement-reader.js';
import { factOf } from './facts-of-rows.js';

/** The statements that are read of one shipment, and of each unit that carried it: more than a journey has. */
export const MOST_OF_A_SHIPMENT = 5_000;

/** The statements about a shipment, as rows and as facts. */
export interface ShipmentStatements {
  readonly rows: readonly RecordedStatement[];
  readonly facts: readonly StatementFact[];
}

/** Whether the device's key was revoked since. */
export function isRevoked({ status }: Pick<RecordedStatement, 'status'>): boolean {
  return status === 'revoked';
}

/** What else was said of the same things, by whomever: an independent witness may be among it. */
export function othersAbout(
  reader: IndexReader,
  facts: readonly StatementFact[],
): Promise<readonly RecordedStatement[]> {
  const things = new Set(facts.flatMap((fact) => fact.things));
  return reader.statements.about([...things], MOST_OF_A_SHIPMENT);
}

/**
 * The statements about a shipment: those that name it, and those that name a unit while the shipment was in it. Of the latter
 * only what they say of units that carried it counts: a ship's tracker names many containers.
 */
export async function statementsAboutShipment(
  reader: IndexReader,
  ucr: string,
  within: readonly WithinFact[],
): Promise<ShipmentStatements> {
  const carriers = carriersOf(ucr, within);
  const units = new Set(carriers.map(({ unit }) => unit));
  const named = await reader.statements.naming(ucr, MOST_OF_A_SHIPMENT);
  const ofUnits = await Promise.all(
    carriers.map(({ unit, ...stretch }) => reader.statements.about([unit], MOST_OF_A_SHIPMENT, stretch)),
  );
  const known = new Set(named.map(({ statement_id }) => statement_id));
  const found = ofUnits.flat().filter(({ statement_id }) => !known.has(statement_id));
  const inUnits = [...new Map(found.map((row) => [row.statement_id, row])).values()];
  const ofTheUnits = (fact: StatementFact): StatementFact => ({
    ...fact,
    things: fact.things.filter((thing) => units.has(thing)),
    consignments: [],
  });
  return {
    rows: [...named, ...inUnits],
    facts: [...named.map(factOf), ...inUnits.map(factOf).map(ofTheUnits)],
  };
}
