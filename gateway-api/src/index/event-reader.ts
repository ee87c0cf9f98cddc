import { readStatement } from '@passage/domain';
import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { ListOrder, Rows } from '../paging/row-list.js';
import { ledgerCursors } from './cursor.js';
import { eventConditions } from './event-filter.js';
import type { EventFilter } from './event-filter.js';
import { placeOf } from './place.js';
import type { EventRow } from './shipment-reader.js';
import type { IndexDatabase, StatementTable } from './tables/index.js';

/** By which time events are ordered: the devices' claim, or the ledger's order. */
export type EventOrder = 'eventTime' | 'recordTime';

/** In which direction. */
export type Direction = 'ASC' | 'DESC';

/** What the gateway reads of EPCIS events over all consignments from its index. */
export class EventReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** The statements whose events meet a filter. */
  matching(filter: EventFilter, orderBy: EventOrder, direction: Direction): Rows<StatementTable> {
    const all = this.#rows.selectFrom('statement').selectAll('statement');
    const met = eventConditions(filter).reduce((query, condition) => query.where(condition), all);
    return new RowList(met, { ...orders[orderBy], descending: direction === 'DESC' });
  }
}

const place = ['statement.block', 'statement.position', 'statement.item'];

const orders: Readonly<Record<EventOrder, ListOrder>> = {
  recordTime: { list: 'events', columns: place, cursors: ledgerCursors },
  eventTime: { list: 'eventsByTime', columns: ['statement.event_time', ...place] },
};

/** A statement as the event that it is, of no consignment in particular. */
export function eventOf(statement: StatementTable): EventRow {
  const declares = statement.declares_error === 1;
  return {
    ...statement,
    ucr: '',
    kind: declares ? 'error_declared' : 'observation',
    place: declares ? null : (placeOf(readStatement(statement.jws).payload) ?? null),
    handover: null,
    custodian: null,
    decision: null,
    hold: null,
    inspection: null,
  };
}
