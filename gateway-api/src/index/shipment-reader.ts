import type { Kysely, Selectable } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import { ledgerCursors } from './cursor.js';
import { eventConditions } from './event-filter.js';
import type { EventFilter } from './event-filter.js';
import type {
  CustodyTable,
  EventTable,
  IndexDatabase,
  NamingTable,
  Origin,
  ShipmentTable,
  StatementTable,
} from './tables/index.js';

/** An event with its statement, where it is an observation. */
export type EventRow = Selectable<EventTable> & {
  readonly [Column in 'jws' | 'seq' | 'signature_holds' | 'late']: StatementTable[Column] | null;
};

/** What the gateway reads of shipments and their timelines from its index. */
export class ShipmentReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  shipment(ucr: string): Promise<ShipmentTable | undefined> {
    return this.#rows.selectFrom('shipment').selectAll().where('ucr', '=', ucr).executeTakeFirst();
  }

  custody(ucr: string): Promise<CustodyTable | undefined> {
    return this.#rows.selectFrom('custody').selectAll().where('ucr', '=', ucr).executeTakeFirst();
  }

  /** The parties that were named in a shipment after its opening. */
  namings(ucr: string): Rows<NamingTable> {
    return new RowList(this.#rows.selectFrom('naming').selectAll().where('ucr', '=', ucr), {
      list: 'named',
      columns: ['party_id'],
    });
  }

  /** Events of a shipment in the ledger's order; with a filter, the EPCIS events that meet it. */
  timeline(ucr: string, filter: EventFilter = {}): Rows<EventRow> {
    const events = this.#rows
      .selectFrom('event')
      .leftJoin('statement', 'statement.statement_id', 'event.statement_id')
      .selectAll('event')
      .select(['statement.jws', 'statement.seq', 'statement.signature_holds', 'statement.late'])
      .where('event.ucr', '=', ucr);
    const met = eventConditions(filter).reduce((query, condition) => query.where(condition), events);
    return new RowList(met, {
      list: 'trace',
      columns: ['event.block', 'event.position', 'event.item'],
      cursors: ledgerCursors,
    });
  }

  /** The events that one transaction is in the timelines of some shipments. */
  async eventsAt(
    ucrs: readonly string[],
    { block, position }: Pick<Origin, 'block' | 'position'>,
  ): Promise<readonly EventRow[]> {
    if (ucrs.length === 0) return [];
    return this.#rows
      .selectFrom('event')
      .leftJoin('statement', 'statement.statement_id', 'event.statement_id')
      .selectAll('event')
      .select(['statement.jws', 'statement.seq', 'statement.signature_holds', 'statement.late'])
      .where('event.ucr', 'in', ucrs)
      .where('event.block', '=', block)
      .where('event.position', '=', position)
      .orderBy('event.item')
      .orderBy('event.ucr')
      .execute();
  }

  /** The newest event of a shipment that names a place, and that nobody has declared in error since. */
  newestPlace(
    ucr: string,
  ): Promise<
    ({ place: string | null; statement_id: string | null } & Origin & { item: number }) | undefined
  > {
    return this.#rows
      .selectFrom('event')
      .select(['place', 'statement_id', 'transaction_id', 'block', 'position', 'item'])
      .where('ucr', '=', ucr)
      .where('place', 'is not', null)
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('correction')
              .select('correction.statement_id')
              .whereRef('correction.corrected_id', '=', 'event.statement_id'),
          ),
        ),
      )
      .orderBy('block', 'desc')
      .orderBy('position', 'desc')
      .orderBy('item', 'desc')
      .limit(1)
      .executeTakeFirst();
  }
}
