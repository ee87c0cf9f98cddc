import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';

import { cursorOf, positionOf } from './cursor.js';
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
export type EventRow = Selectable<EventTable> &
  Partial<Pick<StatementTable, 'jws' | 'seq' | 'signature_holds' | 'late'>> & { readonly cursor: string };

/** One page of a timeline. */
export interface EventPage {
  readonly events: readonly EventRow[];
  readonly hasNext: boolean;
  readonly total: number;
}

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
  namings(ucr: string): Promise<readonly NamingTable[]> {
    return this.#rows.selectFrom('naming').selectAll().where('ucr', '=', ucr).orderBy('party_id').execute();
  }

  /** Events of a shipment in the ledger's order, after a cursor. Throws `BAD_ARGUMENT` for a cursor that is none. */
  async events(ucr: string, first: number, after?: string): Promise<EventPage> {
    const from = after === undefined ? undefined : positionOf(after);
    let query = this.#rows
      .selectFrom('event')
      .leftJoin('statement', 'statement.statement_id', 'event.statement_id')
      .selectAll('event')
      .select(['statement.jws', 'statement.seq', 'statement.signature_holds', 'statement.late'])
      .where('event.ucr', '=', ucr)
      .orderBy('event.block')
      .orderBy('event.position')
      .orderBy('event.item')
      .limit(first + 1);
    if (from) {
      query = query.where(
        sql<boolean>`(event.block, event.position, event.item) > (${from.block}, ${from.position}, ${from.item})`,
      );
    }
    const rows = await query.execute();
    const { total } = await this.#rows
      .selectFrom('event')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where('ucr', '=', ucr)
      .executeTakeFirstOrThrow();
    const events = rows.slice(0, first).map((row) => eventRow(row));
    return { events, hasNext: rows.length > first, total };
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

type Signed = Pick<StatementTable, 'jws' | 'seq' | 'signature_holds' | 'late'>;

function eventRow(row: EventTable & { readonly [Column in keyof Signed]: Signed[Column] | null }): EventRow {
  const { jws, seq, signature_holds, late, ...event } = row;
  const signed = jws !== null && seq !== null && signature_holds !== null && late !== null;
  return { ...event, cursor: cursorOf(event), ...(signed && { jws, seq, signature_holds, late }) };
}
