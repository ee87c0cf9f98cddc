import type { Kysely } from 'kysely';

import type { CustomsTable, ForgeryTable, HoldTable, IndexDatabase } from './tables/index.js';

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
  holds(ucr: string): Promise<readonly HoldTable[]> {
    return this.#rows.selectFrom('hold').selectAll().where('ucr', '=', ucr).orderBy('number').execute();
  }

  /** Holds in force, the oldest first. */
  inForce(limit: number): Promise<readonly HoldTable[]> {
    return this.#rows
      .selectFrom('hold')
      .selectAll()
      .where('lifted', 'is', null)
      .orderBy('placed_at')
      .orderBy('ucr')
      .orderBy('number')
      .limit(limit)
      .execute();
  }

  /** Keys that only look like customs' word, the newest first. */
  forgeries(limit: number): Promise<readonly ForgeryTable[]> {
    return this.#rows
      .selectFrom('forgery')
      .selectAll()
      .orderBy('block', 'desc')
      .orderBy('position', 'desc')
      .orderBy('key')
      .limit(limit)
      .execute();
  }
}
