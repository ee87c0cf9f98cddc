import type { LedgerPosition } from '@passage/domain';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { searchable } from './epcis-terms.js';
import type { BlockTable, DeviceTable, IndexDatabase, StatementTable } from './tables/index.js';

/** A recorded statement with the ledger time of its block, and whose device signed it, and what became of that. */
export type RecordedStatement = StatementTable &
  Pick<BlockTable, 'ledger_time'> &
  Pick<DeviceTable, 'owner' | 'msp_id' | 'kind' | 'status'>;

/** What the gateway reads of recorded statements from its index. */
export class StatementReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  statement(statementId: string): Promise<StatementTable | undefined> {
    return this.#rows
      .selectFrom('statement')
      .selectAll()
      .where('statement_id', '=', statementId)
      .executeTakeFirst();
  }

  /** Which of these statements are on the ledger. */
  async recorded(statementIds: readonly string[]): Promise<readonly string[]> {
    if (statementIds.length === 0) return [];
    const rows = await this.#rows
      .selectFrom('statement')
      .select('statement_id')
      .where('statement_id', 'in', statementIds)
      .execute();
    return rows.map((row) => row.statement_id);
  }

  /** The statements of a key whose numbers lie in a range, by number: at most `limit` of them. */
  ofKey(
    kid: string,
    range: { readonly from: number; readonly to: number },
    limit: number,
  ): Promise<readonly RecordedStatement[]> {
    return this.#statements()
      .where('statement.kid', '=', kid)
      .where('statement.seq', '>=', range.from)
      .where('statement.seq', '<=', range.to)
      .orderBy('statement.seq')
      .limit(limit)
      .execute();
  }

  /** The statements that name a shipment, in the ledger's order: the first `limit` of them. */
  naming(ucr: string, limit: number): Promise<readonly RecordedStatement[]> {
    const named = this.#rows
      .selectFrom('event')
      .select('statement_id')
      .where('ucr', '=', ucr)
      .where('statement_id', 'is not', null);
    return this.#inOrder(limit).where('statement.statement_id', 'in', named).execute();
  }

  /**
   * The statements about some things, by the domain's names for them, in the ledger's order: the first `limit` of them, from a place
   * on the ledger on and before another.
   */
  about(
    things: readonly string[],
    limit: number,
    { from, until }: { readonly from?: LedgerPosition; readonly until?: LedgerPosition } = {},
  ): Promise<readonly RecordedStatement[]> {
    if (things.length === 0) return Promise.resolve([]);
    const at = sql`(block, position, item)`;
    const place = ({ block, position, item }: LedgerPosition) => sql`(${block}, ${position}, ${item})`;
    let about = this.#rows
      .selectFrom('mention')
      .select('statement_id')
      .where('thing', 'in', things.map(searchable));
    if (from) about = about.where(sql<boolean>`${at} >= ${place(from)}`);
    if (until) about = about.where(sql<boolean>`${at} < ${place(until)}`);
    return this.#inOrder(limit).where('statement.statement_id', 'in', about).execute();
  }

  #inOrder(limit: number) {
    return this.#statements()
      .orderBy('statement.block')
      .orderBy('statement.position')
      .orderBy('statement.item')
      .limit(limit);
  }

  #statements() {
    return this.#rows
      .selectFrom('statement')
      .innerJoin('block', 'block.number', 'statement.block')
      .innerJoin('device', 'device.kid', 'statement.kid')
      .selectAll('statement')
      .select(['block.ledger_time', 'device.owner', 'device.msp_id', 'device.kind', 'device.status']);
  }
}
