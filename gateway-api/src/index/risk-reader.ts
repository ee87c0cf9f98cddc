import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { IndexDatabase, RiskTable } from './tables/index.js';

/** What the gateway reads of risk assessments from its index. */
export class RiskReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** Every assessment of a consignment and of its declarations, in the ledger's order. */
  ofShipment(ucr: string): Rows<RiskTable> {
    return new RowList(this.#rows.selectFrom('risk').selectAll().where('ucr', '=', ucr), {
      list: 'risks',
      columns: ['block', 'position'],
    });
  }

  assessment(ucr: string, about: string, number: number): Promise<RiskTable | undefined> {
    return this.#rows
      .selectFrom('risk')
      .selectAll()
      .where('ucr', '=', ucr)
      .where('about', '=', about)
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** How many other consignments of an importer did not conform when they were inspected. */
  async nonConforming(importer: string, except: string): Promise<number> {
    const { count } = await this.#rows
      .selectFrom('customs')
      .innerJoin('shipment', 'shipment.ucr', 'customs.ucr')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('shipment.importer', '=', importer)
      .where('shipment.ucr', '<>', except)
      .where('customs.finding', '=', 'non_conforming')
      .executeTakeFirstOrThrow();
    return count;
  }
}
