import type { StateReader, StateUpdate } from '@passage/ledger';

import { expectedReads } from '../expected-reads.js';
import type { IndexHead, IndexWriter, KeptHead } from '../index-writer.js';
import type { TreeBefore } from '../growing-tree.js';
import { oneOfEach, rowTables, upsertTail } from '../rows.js';
import type { BlockRows, RowTable, TableRow } from '../rows.js';
import { jsonOf } from './json-rows.js';
import { PostgresState } from './postgres-state.js';
import { Session } from './session.js';
import { storedText } from './texts.js';

interface TreeNode {
  readonly level: number;
  readonly number: number;
  readonly hash: Uint8Array;
}

/** What is asked, each kept prepared by the server under its name. */
const ask = {
  head: 'SELECT number, header_hash AS "headerHash", head, linked_to AS "linkedTo" FROM head',
  known: 'SELECT transaction_id AS id FROM "transaction" WHERE transaction_id = ANY($1)',
  ledgerTime: 'SELECT ledger_time AS time FROM block WHERE number = $1',
  treeSize: 'SELECT coalesce(max(leaf), -1) + 1 AS size FROM ledger_event',
  treeNodes:
    'SELECT level, number, hash FROM tree_node WHERE (level, number) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))',
  moveHead: `INSERT INTO head (id, number, header_hash, head) VALUES (1, $1, $2, $3) ON CONFLICT (id)
    DO UPDATE SET number = excluded.number, header_hash = excluded.header_hash, head = excluded.head`,
  markLinked: 'UPDATE head SET linked_to = $1',
} as const;

/** Writes the index in a database of PostgreSQL. */
export class PostgresWriter implements IndexWriter {
  readonly #session: Session;
  readonly #state: PostgresState;
  readonly #inserts = new Map<RowTable, string>();
  /** Whether there are transactions of these ids, as far as it is known in the transaction at hand. */
  readonly #transactions = new Map<string, boolean>();

  constructor(url: string) {
    this.#session = new Session(url);
    this.#state = new PostgresState(this.#session);
  }

  get state(): StateReader {
    return this.#state;
  }

  head(): KeptHead | undefined {
    return this.#ask('head')[0] as KeptHead | undefined;
  }

  isKnownTransaction(transactionId: string): boolean {
    if (!this.#transactions.has(transactionId)) this.#lookUp([transactionId]);
    return this.#transactions.get(transactionId) === true;
  }

  foresee(blocks: readonly Uint8Array[]): void {
    const { transactionIds, keys } = expectedReads(blocks);
    this.#lookUp(transactionIds);
    this.#state.foresee(keys);
  }

  ledgerTime(block: number): string | null {
    const [row] = this.#ask('ledgerTime', block) as readonly { readonly time: string | null }[];
    return row?.time ?? null;
  }

  tree(): TreeBefore {
    const [{ size } = { size: 0 }] = this.#ask('treeSize') as readonly { readonly size: number }[];
    const read = (nodes: readonly Pick<TreeNode, 'level' | 'number'>[]) =>
      this.#ask(
        'treeNodes',
        nodes.map(({ level }) => level),
        nodes.map(({ number }) => number),
      ) as readonly TreeNode[];
    // What comes behind the last leaf joins on to the roots of the whole trees before it: these are read at once.
    const roots = new Map(read(rootsBefore(size)).map((node) => [nameOf(node), node.hash]));
    return {
      size,
      nodes: {
        get: (level, number) => roots.get(nameOf({ level, number })) ?? read([{ level, number }])[0]?.hash,
      },
    };
  }

  atomically<Result>(work: () => Result): Result {
    try {
      return this.#session.atomically(work);
    } finally {
      this.#state.forget();
      this.#transactions.clear();
    }
  }

  write(rows: BlockRows): void {
    for (const { transaction_id } of rows.transaction) this.#transactions.set(transaction_id, true);
    for (const table of rowTables) {
      const some = rows[table] as unknown as readonly TableRow[];
      const [first] = some;
      if (first === undefined) continue;
      const text = this.#insertInto(table, first);
      this.#session.write({ name: `insert-${table}`, text, values: [jsonOf(oneOfEach(table, some))] });
    }
  }

  apply(updates: Iterable<StateUpdate>): void {
    this.#state.apply(updates);
  }

  moveHead({ number, headerHash, head }: IndexHead): void {
    this.#session.write({ name: 'moveHead', text: ask.moveHead, values: [number, headerHash, head] });
  }

  markLinked(block: number): void {
    this.#session.write({ name: 'markLinked', text: ask.markLinked, values: [block] });
  }

  close(): void {
    this.#session.close();
  }

  #lookUp(transactionIds: readonly string[]): void {
    const found = this.#ask('known', transactionIds.map(storedText)) as readonly { readonly id: string }[];
    for (const id of transactionIds) this.#transactions.set(id, false);
    for (const { id } of found) this.#transactions.set(id, true);
  }

  #ask(name: keyof typeof ask, ...values: readonly unknown[]): readonly unknown[] {
    return this.#session.read({ name, text: ask[name], values });
  }

  /** One statement for all rows of a table, whose columns every row has. */
  #insertInto(table: RowTable, row: TableRow): string {
    const known = this.#inserts.get(table);
    if (known !== undefined) return known;
    const columns = Object.keys(row);
    const names = columns.map((column) => `"${column}"`).join(', ');
    const made = `INSERT INTO "${table}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1)
      ${upsertTail(table, columns)}`;
    this.#inserts.set(table, made);
    return made;
  }
}

/** The whole trees that so many leaves make, the largest first (RFC 9162, 2.1.1): one for each bit of their number. */
function rootsBefore(size: number): readonly Pick<TreeNode, 'level' | 'number'>[] {
  const levels = Array.from({ length: size.toString(2).length }, (_, level) => level);
  return levels
    .map((level) => ({ level, number: Math.floor(size / 2 ** level) - 1 }))
    .filter(({ number }) => number % 2 === 0);
}

function nameOf({ level, number }: Pick<TreeNode, 'level' | 'number'>): string {
  return `${String(level)}/${String(number)}`;
}
