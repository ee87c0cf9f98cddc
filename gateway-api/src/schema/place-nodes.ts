import { unlocodeIn } from '@passage/domain';

import type { EventTable } from '../index/tables/index.js';
import { flagsOf } from './fact-flags.js';
import { statementVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** An event of a timeline, as far as its place needs it. */
type PlacedEvent = Pick<
  EventTable,
  'ucr' | 'place' | 'kid' | 'statement_id' | 'transaction_id' | 'block' | 'position' | 'item'
>;

/** Where a shipment was last seen; undefined when no event names a place. */
export async function whereabouts(services: Services, ucr: string): Promise<Node | undefined> {
  const row = await services.reader.shipments.newestPlace(ucr);
  return row && placeNode(services, row);
}

/** The place that an event names, with what is to be known of the event; undefined where it names none. */
export function placeNode(services: Services, row: PlacedEvent): Node | undefined {
  const { place, statement_id } = row;
  if (place === null) return undefined;
  const statement = async () =>
    statement_id === null ? undefined : services.reader.statements.statement(statement_id);
  return {
    id: place,
    unlocode: unlocodeIn(place),
    eventId: eventId(row),
    flags: async () => flagsOf(services, { ...row, jws: (await statement())?.jws ?? null }),
    verification: async () => {
      const signed = await statement();
      return signed ? statementVerification(services, signed) : verification(services, row);
    },
  };
}

/** What an event is called: its statement, or its place in its transaction. */
export function eventId(row: Pick<EventTable, 'statement_id' | 'transaction_id' | 'item'>): string {
  return row.statement_id ?? `${row.transaction_id}/${String(row.item)}`;
}
