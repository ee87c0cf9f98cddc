import type { Kysely } from 'kysely';

import type { BlockTable, IndexDatabase } from '../index/tables/index.js';
import type { RowsRestOn } from './derived-rows.js';

/** What the index says of the chain around a block, and of records as they stood. */
export class RecheckFacts implements RowsRestOn {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** The index's head, as the verifier keeps it. Throws where there is none: then no node was answered either. */
  async head(): Promise<Uint8Array> {
    return (await this.#rows.selectFrom('head').select('head').executeTakeFirstOrThrow()).head;
  }

  block(number: number): Promise<BlockTable | undefined> {
    return this.#rows.selectFrom('block').selectAll().where('number', '=', number).executeTakeFirst();
  }

  /** What the verified chain says is a block's header hash: the block's own row, and whatever joins on to it. */
  async headerHashes(number: number): Promise<readonly string[]> {
    const [own, next, head] = await Promise.all([
      this.block(number),
      this.block(number + 1),
      this.#rows.selectFrom('head').select('header_hash').where('number', '=', number).executeTakeFirst(),
    ]);
    const found = [own?.header_hash, next?.previous_hash, head?.header_hash];
    return [...new Set(found.filter((hash) => hash !== undefined))];
  }

  /** The record under a key before a block. */
  valueBefore(block: number, key: string): Promise<Uint8Array | undefined> {
    return this.valueAt(block - 1, key);
  }

  async valueAt(block: number, key: string): Promise<Uint8Array | undefined> {
    const row = await this.#rows
      .selectFrom('history')
      .select('value')
      .where('key', '=', key)
      .where('block', '<=', block)
      .orderBy('block', 'desc')
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && Buffer.from(row.value);
  }

  async eventsBefore(block: number): Promise<number> {
    const row = await this.#rows
      .selectFrom('ledger_event')
      .select('leaf')
      .where('block', '<', block)
      .orderBy('block', 'desc')
      .orderBy('leaf', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? 0 : row.leaf + 1;
  }

  async ledgerTimeBefore(block: number): Promise<string | null> {
    return (await this.block(block - 1))?.ledger_time ?? null;
  }
}
