import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { VALID } from '../submission/commits.js';
import { primaryKeys } from './rows.js';
import type { RowTable } from './rows.js';
import type { HistoryTable, IndexDatabase, StatementTable, TransactionTable } from './tables/index.js';

/** A statement as those who follow the ledger need it: with the party that answers for its device. */
export type FollowedStatement = StatementTable & { readonly owner: string | null };

/** What the gateway reads of its index block by block, in the ledger's order. */
export class FeedReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** The valid transactions of some blocks that were calls of the contract. */
  transactions(from: number, to: number): Promise<readonly TransactionTable[]> {
    return this.#rows
      .selectFrom('transaction')
      .selectAll()
      .where('block', '>=', from)
      .where('block', '<=', to)
      .where('code', '=', VALID)
      .where('command', 'is not', null)
      .orderBy('block')
      .orderBy('position')
      .execute();
  }

  /** Every record that some blocks wrote, as they wrote it. */
  records(from: number, to: number): Promise<readonly HistoryTable[]> {
    return this.#rows
      .selectFrom('history')
      .selectAll()
      .where('block', '>=', from)
      .where('block', '<=', to)
      .orderBy('block')
      .orderBy('position')
      .orderBy('key')
      .execute();
  }

  /** Every statement that some blocks recorded. */
  statements(from: number, to: number): Promise<readonly FollowedStatement[]> {
    return this.#rows
      .selectFrom('statement')
      .leftJoin('device', 'device.kid', 'statement.kid')
      .selectAll('statement')
      .select('device.owner')
      .where('statement.block', '>=', from)
      .where('statement.block', '<=', to)
      .orderBy('statement.block')
      .orderBy('statement.position')
      .orderBy('statement.item')
      .execute();
  }

  /** Whether a row is there; `ids` are the values of the first columns of the table's key. */
  async has(table: RowTable, ids: readonly string[]): Promise<boolean> {
    const columns = primaryKeys[table];
    const same = ids.map((id, i) => sql`${sql.ref(columns[i] ?? '')} = ${id}`);
    const row = await this.#rows
      .selectFrom(table as 'shipment')
      .select(sql<number>`1`.as('one'))
      .where(sql<boolean>`${sql.join(same, sql` AND `)}`)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
