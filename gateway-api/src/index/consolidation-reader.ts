import type { Kysely } from 'kysely';

import type { ConsolidationTable, IndexDatabase, MasterTable } from './tables/index.js';

/** What the gateway reads of master consignments from its index. */
export class ConsolidationReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  master(master: string): Promise<MasterTable | undefined> {
    return this.#rows.selectFrom('master').selectAll().where('master', '=', master).executeTakeFirst();
  }

  /** The houses that are or were under a master, by UCR, after one: at most `limit` of them. */
  houses(master: string, limit: number, after = ''): Promise<readonly ConsolidationTable[]> {
    return this.#rows
      .selectFrom('consolidation')
      .selectAll()
      .where('master', '=', master)
      .where('ucr', '>', after)
      .orderBy('ucr')
      .limit(limit)
      .execute();
  }

  /** The masters that a house is or was under, the newest step last. */
  ofShipment(ucr: string): Promise<readonly ConsolidationTable[]> {
    return this.#rows
      .selectFrom('consolidation')
      .selectAll()
      .where('ucr', '=', ucr)
      .orderBy('block')
      .orderBy('position')
      .orderBy('master')
      .execute();
  }
}
