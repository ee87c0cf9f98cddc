import { unlocodeIn } from '@passage/domain';

import type { Node, Services } from './recorded.js';

/** Where a shipment was last seen; undefined when no event names a place. */
export async function whereabouts({ reader }: Services, ucr: string): Promise<Node | undefined> {
  const row = await reader.shipments.newestPlace(ucr);
  return row?.place ? placeNode(row.place, eventId(row)) : undefined;
}

export function placeNode(id: string, event: string): Node {
  return { id, unlocode: unlocodeIn(id), eventId: event };
}

/** What an event is called: its statement, or its place in its transaction. */
export function eventId(row: { statement_id: string | null; transaction_id: string; item: number }): string {
  return row.statement_id ?? `${row.transaction_id}/${String(row.item)}`;
}
