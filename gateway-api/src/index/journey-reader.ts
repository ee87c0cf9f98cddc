import type { Kysely } from 'kysely';

import type { IndexDatabase } from './tables/index.js';

/** Which consignments have to do with units and devices. */
export class JourneyReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** Those that ever lay in one of these units. */
  async carriedIn(units: readonly string[]): Promise<readonly string[]> {
    if (units.length === 0) return [];
    const rows = await this.#rows
      .selectFrom('containment')
      .select('ucr')
      .distinct()
      .where('unit', 'in', units)
      .orderBy('ucr')
      .execute();
    return rows.map(({ ucr }) => ucr);
  }

  /** Those of which one of these devices has spoken. */
  async spokenOf(kids: readonly string[]): Promise<readonly string[]> {
    if (kids.length === 0) return [];
    const rows = await this.#rows
      .selectFrom('statement')
      .innerJoin('event', 'event.statement_id', 'statement.statement_id')
      .select('event.ucr')
      .distinct()
      .where('statement.kid', 'in', kids)
      .orderBy('event.ucr')
      .execute();
    return rows.map(({ ucr }) => ucr);
  }

  /** All of them by UCR, behind one: at most `limit`. */
  async after(ucr: string, limit: number): Promise<readonly string[]> {
    const rows = await this.#rows
      .selectFrom('shipment')
      .select('ucr')
      .where('ucr', '>', ucr)
      .orderBy('ucr')
      .limit(limit)
      .execute();
    return rows.map((row) => row.ucr);
  }
}
