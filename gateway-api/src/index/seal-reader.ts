import { sealEvents } from '@passage/domain';
import type { SealEvent, SealVersion } from '@passage/domain';
import type { Kysely } from 'kysely';

import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { IndexDatabase, SealCheckTable, SealTable } from './tables/index.js';

/** What the gateway reads of seals from its index. */
export class SealReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  seal(unit: string, seal: string): Promise<SealTable | undefined> {
    return this.#rows
      .selectFrom('seal')
      .selectAll()
      .where('unit', '=', unit)
      .where('seal', '=', seal)
      .executeTakeFirst();
  }

  /** Every seal that was ever on a unit, by number. */
  ofUnit(unit: string): Rows<SealTable> {
    return new RowList(this.#rows.selectFrom('seal').selectAll().where('unit', '=', unit), {
      list: 'seals',
      columns: ['seal'],
    });
  }

  /** The checks of a seal, in the ledger's order. */
  checks(unit: string, seal: string): Rows<SealCheckTable> {
    return new RowList(
      this.#rows.selectFrom('sealcheck').selectAll().where('unit', '=', unit).where('seal', '=', seal),
      { list: 'checks', columns: ['block', 'position'] },
    );
  }

  /** Everything that happened to the seals of a unit, in the ledger's order. */
  async events(unit: string): Promise<readonly SealEvent[]> {
    const rows = await this.#rows
      .selectFrom('history')
      .select(['value', 'transaction_id'])
      .where((e) =>
        e.or(
          ['seal', 'sealcheck'].map((kind) =>
            // Keys under a prefix: `0` is the sign behind `/`.
            e.and([e('key', '>=', `${kind}/${unit}/`), e('key', '<', `${kind}/${unit}0`)]),
          ),
        ),
      )
      .orderBy('block')
      .orderBy('position')
      .orderBy('key')
      .execute();
    const transactions = new Map<string, SealVersion[]>();
    for (const { value, transaction_id } of rows) {
      const versions = transactions.get(transaction_id) ?? [];
      transactions.set(transaction_id, [...versions, JSON.parse(value) as SealVersion]);
    }
    return sealEvents([...transactions.values()]);
  }
}
