import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { Commit } from '../submission/commits.js';
import { DUPLICATE_TXID } from '../submission/commits.js';
import { amongKeys, amongPairs, gathered } from './gathered.js';
import { Prepared } from './prepared.js';
import type { BlockTable, HistoryTable, IndexDatabase, Origin, TransactionTable } from './tables/index.js';

/** Where the index stands. */
export interface ReadHead {
  readonly number: number;
  readonly headerHash: string;
  /** Absent where every check was made of all blocks. */
  readonly linkedTo?: number;
}

interface HeadRow {
  readonly number: number;
  readonly header_hash: string;
  readonly linked_to: number | null;
}

/** What the gateway reads of blocks, transactions and the state they left from its index. */
export class ChainReader {
  readonly #rows: Kysely<IndexDatabase>;
  readonly #head: Prepared<HeadRow>;
  readonly block: (number: number) => Promise<BlockTable | undefined>;
  readonly #transaction: (place: string) => Promise<TransactionTable | undefined>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
    this.#head = new Prepared(rows, rows.selectFrom('head').select(['number', 'header_hash', 'linked_to']));
    this.block = gathered((numbers) => this.#blocks(numbers));
    this.#transaction = gathered((places) => this.#transactions(places));
  }

  /** The newest indexed block, and the last of those that were indexed by links alone. */
  async head(): Promise<ReadHead | undefined> {
    const row = await this.#head.first({});
    if (row === undefined) return undefined;
    const { number, header_hash: headerHash, linked_to: linkedTo } = row;
    return { number, headerHash, ...(linkedTo !== null && { linkedTo }) };
  }

  /** Where the next block joins on, as the verifier keeps it; undefined before the first block. */
  async storedHead(): Promise<Uint8Array | undefined> {
    return (await this.#rows.selectFrom('head').select('head').executeTakeFirst())?.head;
  }

  /** The newest block whose ledger time is not after a time (ISO 8601 UTC with milliseconds); -1 where there is none. */
  async newestBlockAt(time: string): Promise<number> {
    const row = await this.#rows
      .selectFrom('block')
      .select('number')
      .where('ledger_time', '<=', time)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.number ?? -1;
  }

  transaction({
    block,
    position,
  }: Pick<Origin, 'block' | 'position'>): Promise<TransactionTable | undefined> {
    return this.#transaction(placeOf({ block, position }));
  }

  /** Where a transaction ended; of twins with one id, the first that was not refused as a duplicate. */
  async commit(transactionId: string): Promise<Commit | undefined> {
    const row = await this.#rows
      .selectFrom('transaction')
      .select(['block', 'position', 'code'])
      .where('transaction_id', '=', transactionId)
      .where('code', '<>', DUPLICATE_TXID)
      .orderBy('block')
      .orderBy('position')
      .executeTakeFirst();
    return row && { transactionId, ...row };
  }

  /** The transaction that carried out a request. */
  request(who: string, requestId: string): Promise<Origin | undefined> {
    return this.#rows
      .selectFrom('request')
      .select(['block', 'position', 'transaction_id'])
      .where('who', '=', who)
      .where('request_id', '=', requestId)
      .executeTakeFirst();
  }

  /** The request id by which a transaction was asked for; undefined for one that remembers none, as a batch. */
  async requestId(transactionId: string): Promise<string | undefined> {
    const row = await this.#rows
      .selectFrom('request')
      .select('request_id')
      .where('transaction_id', '=', transactionId)
      .executeTakeFirst();
    return row?.request_id;
  }

  /** Every record that stood under a key, the oldest first. */
  history(key: string): Promise<readonly HistoryTable[]> {
    return this.#rows
      .selectFrom('history')
      .selectAll()
      .where('key', '=', key)
      .orderBy('block')
      .orderBy('position')
      .execute();
  }

  /** Whether a world-state key is there and carries a policy of its own. */
  async hasPolicy(chaincode: string, key: string): Promise<boolean> {
    const row = await this.#rows
      .selectFrom('state')
      .select('metadata')
      .where('namespace', '=', chaincode)
      .where('key', '=', Buffer.from(key))
      .executeTakeFirst();
    return row !== undefined && row.metadata !== null;
  }

  /** Values of world-state keys; absent keys are absent in the map. */
  async values(chaincode: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#rows
      .selectFrom('state')
      .select(['key', 'value'])
      .where('namespace', '=', chaincode)
      .where(
        'key',
        'in',
        keys.map((key) => Buffer.from(key)),
      )
      .execute();
    return new Map(rows.map((row) => [Buffer.from(row.key).toString('utf8'), row.value]));
  }

  async #blocks(numbers: readonly number[]): Promise<ReadonlyMap<number, BlockTable>> {
    const rows = await this.#rows
      .selectFrom('block')
      .selectAll()
      .where('number', 'in', amongKeys(numbers))
      .execute();
    return new Map(rows.map((row) => [row.number, row]));
  }

  async #transactions(places: readonly string[]): Promise<ReadonlyMap<string, TransactionTable>> {
    const rows = await this.#rows
      .selectFrom('transaction')
      .selectAll()
      .where(sql<boolean>`(block, position) IN ${amongPairs(places)}`)
      .execute();
    return new Map(rows.map((row) => [placeOf(row), row]));
  }
}

/** A transaction's place as a JSON array. */
function placeOf({ block, position }: Pick<Origin, 'block' | 'position'>): string {
  return `[${String(block)},${String(position)}]`;
}
