import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { AcceptanceTable, DeclarationTable, IndexDatabase } from './tables/index.js';

/** What the gateway reads of declarations from its index. */
export class DeclarationReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  declaration(declaration: string): Promise<DeclarationTable | undefined> {
    return this.#rows
      .selectFrom('declaration')
      .selectAll()
      .where('declaration', '=', declaration)
      .executeTakeFirst();
  }

  /** The declarations of a consignment, by id. */
  ofShipment(ucr: string): Rows<DeclarationTable> {
    return new RowList(this.#rows.selectFrom('declaration').selectAll().where('ucr', '=', ucr), {
      list: 'declarations',
      columns: ['declaration'],
    });
  }

  /** What customs has accepted last of a declaration. */
  acceptance(declaration: string): Promise<AcceptanceTable | undefined> {
    return this.#rows
      .selectFrom('acceptance')
      .selectAll()
      .where('declaration', '=', declaration)
      .executeTakeFirst();
  }
}
