import type { SignedTreeHead } from '@passage/evidence';
import type { Kysely } from 'kysely';

import type { OperationalDatabase } from '../submission/outbox-database.js';

/** Keeps the newest head that each gateway has signed, this one's own too, where no rebuild of the index reaches it. */
export class HeadBook {
  readonly #database: Kysely<OperationalDatabase>;

  constructor(database: Kysely<OperationalDatabase>) {
    this.#database = database;
  }

  async last(organization: string): Promise<SignedTreeHead | undefined> {
    const row = await this.#database
      .selectFrom('tree_head')
      .select('signed')
      .where('organization', '=', organization)
      .executeTakeFirst();
    return row && (JSON.parse(row.signed) as SignedTreeHead);
  }

  async keep(organization: string, signed: SignedTreeHead): Promise<void> {
    const row = { height: signed.head.height, signed: JSON.stringify(signed) };
    await this.#database
      .insertInto('tree_head')
      .values({ organization, ...row })
      .onConflict((conflict) => conflict.column('organization').doUpdateSet(row))
      .execute();
  }
}
