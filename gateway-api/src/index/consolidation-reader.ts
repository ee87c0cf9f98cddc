import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
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
  houses(master: string): Rows<ConsolidationTable> {
    return new RowList(this.#rows.selectFrom('consolidation').selectAll().where('master', '=', master), {
      list: 'houses',
      columns: ['ucr'],
    });
  }

  /** The masters that a house is or was under, the newest step last. */
  ofShipment(ucr: string): Rows<ConsolidationTable> {
    return new RowList(this.#rows.selectFrom('consolidation').selectAll().where('ucr', '=', ucr), {
      list: 'consolidations',
      columns: ['block', 'position', 'master'],
    });
  }
}
