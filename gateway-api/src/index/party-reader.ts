import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { AeoTable, IndexDatabase, MandateTable, PartyTable } from './tables/index.js';

/** What the gateway reads of parties and who acts for them from its index. */
export class PartyReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  party(partyId: string): Promise<PartyTable | undefined> {
    return this.#rows.selectFrom('party').selectAll().where('party_id', '=', partyId).executeTakeFirst();
  }

  /** A party's standing as a trusted trader. */
  aeo(partyId: string): Promise<AeoTable | undefined> {
    return this.#rows.selectFrom('aeo').selectAll().where('party_id', '=', partyId).executeTakeFirst();
  }

  /** The mandates that a party has granted. */
  mandates(mandator: string): Rows<MandateTable> {
    return new RowList(this.#rows.selectFrom('mandate').selectAll().where('mandator', '=', mandator), {
      list: 'mandates',
      columns: ['mandatary', 'mandate'],
    });
  }

  mandate(mandator: string, mandatary: string, mandate: string): Promise<MandateTable | undefined> {
    return this.#rows
      .selectFrom('mandate')
      .selectAll()
      .where('mandator', '=', mandator)
      .where('mandatary', '=', mandatary)
      .where('mandate', '=', mandate)
      .executeTakeFirst();
  }
}
