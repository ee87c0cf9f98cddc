import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { CustomsTable, ForgeryTable, HoldTable, IndexDatabase } from './tables/index.js';

/** Which holds are asked for. */
export interface HoldsWanted {
  readonly kind?: string;
  readonly ucr?: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly placedBefore?: string;
}

/** What the gateway reads of customs' decisions from its index. */
export class CustomsReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** Where a shipment stands with customs. */
  standing(ucr: string): Promise<CustomsTable | undefined> {
    return this.#rows.selectFrom('customs').selectAll().where('ucr', '=', ucr).executeTakeFirst();
  }

  hold(ucr: string, number: number): Promise<HoldTable | undefined> {
    return this.#rows
      .selectFrom('hold')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** Every hold of a shipment, the oldest first. */
  holds(ucr: string): Rows<HoldTable> {
    return new RowList(this.#rows.selectFrom('hold').selectAll().where('ucr', '=', ucr), {
      list: 'holds',
      columns: ['number'],
    });
  }

  /** Holds in force, the oldest first. */
  inForce({ kind, ucr, placedBefore }: HoldsWanted = {}): Rows<HoldTable> {
    let holds = this.#rows.selectFrom('hold').selectAll().where('lifted', 'is', null);
    if (kind !== undefined) holds = holds.where('kind', '=', kind);
    if (ucr !== undefined) holds = holds.where('ucr', '=', ucr);
    if (placedBefore !== undefined) holds = holds.where('placed_at', '<', placedBefore);
    return new RowList(holds, {
      list: 'holdsInForce',
      columns: ['placed_at', 'ucr', 'number'],
    });
  }

  /** Keys that only look like customs' word, the newest first. */
  forgeries(): Rows<ForgeryTable> {
    return new RowList(this.#rows.selectFrom('forgery').selectAll(), {
      list: 'forgeries',
      columns: ['block', 'position', 'key'],
      descending: true,
    });
  }
}
