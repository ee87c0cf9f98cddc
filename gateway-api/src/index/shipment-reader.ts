import { sql } from 'kysely';
import type { Kysely, RawBuilder, Selectable } from 'kysely';

import { PreparedList } from '../paging/prepared-list.js';
import { RowList } from '../paging/row-list.js';
import type { ListOrder, Rows } from '../paging/row-list.js';
import { ledgerCursors } from './cursor.js';
import { eventConditions } from './event-filter.js';
import type { EventFilter } from './event-filter.js';
import { Prepared, slot } from './prepared.js';
import type {
  CustodyTable,
  EventTable,
  IndexDatabase,
  NamingTable,
  Origin,
  ShipmentTable,
  StatementTable,
} from './tables/index.js';

/** What is read of an event's statement. */
const ofStatement = [
  'jws',
  'seq',
  'signature_holds',
  'late',
  'event_type',
  'event_time',
  'biz_step',
  'disposition',
] as const;

/** An event with its statement, where it is an observation. */
export type EventRow = Selectable<EventTable> & {
  readonly [Column in (typeof ofStatement)[number]]: StatementTable[Column] | null;
};

const statementColumns = ofStatement.map((column) => `statement.${column}` as const);

const ucr = slot<string>('ucr');

/** What the gateway reads of shipments and their timelines from its index. */
export class ShipmentReader {
  /** Whose rows `ofOne` has. */
  static readonly ucr = ucr;
  readonly #rows: Kysely<IndexDatabase>;
  readonly #shipment: Prepared<ShipmentTable>;
  readonly #timeline: PreparedList<'event' | 'statement', EventRow>;

  /** `ofOne` has rows of one consignment alone, which a prepared query names in its slot, and statements to join to its events. */
  constructor(rows: Kysely<IndexDatabase>, ofOne: Kysely<IndexDatabase>) {
    this.#rows = rows;
    this.#shipment = new Prepared(ofOne, ofOne.selectFrom('shipment').selectAll().where('ucr', '=', ucr));
    this.#timeline = new PreparedList(ofOne, timeline(ofOne, ucr), timelineOrder, {
      count: ofOne
        .selectFrom('event')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('ucr', '=', ucr),
    });
  }

  shipment(ucr: string): Promise<ShipmentTable | undefined> {
    return this.#shipment.first({ ucr });
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
    const conditions = eventConditions(filter);
    if (conditions.length === 0) return this.#timeline.of({ ucr });
    const all = timeline(this.#rows, sql.val(ucr));
    return new RowList(
      conditions.reduce((query, condition) => query.where(condition), all),
      timelineOrder,
    );
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
      .select(statementColumns)
      .where('event.ucr', 'in', ucrs)
      .where('event.block', '=', block)
      .where('event.position', '=', position)
      .orderBy('event.item')
      .orderBy('event.ucr')
      .execute();
  }

  /** The newest event of a shipment that names a place, and that nobody has declared in error since. */
  newestPlace(ucr: string): Promise<Selectable<EventTable> | undefined> {
    return this.#rows
      .selectFrom('event')
      .selectAll()
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

const timelineOrder: ListOrder = {
  list: 'trace',
  columns: ['event.block', 'event.position', 'event.item'],
  cursors: ledgerCursors,
};

/** The events of a shipment. */
function timeline(rows: Kysely<IndexDatabase>, ucr: RawBuilder<string>) {
  return rows
    .selectFrom('event')
    .leftJoin('statement', 'statement.statement_id', 'event.statement_id')
    .selectAll('event')
    .select(statementColumns)
    .where('event.ucr', '=', ucr);
}
