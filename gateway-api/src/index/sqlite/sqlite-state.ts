import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { StateEntry, StateReader, StateUpdate } from '@passage/ledger';

interface Row {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly block: number;
  readonly tx: number;
  readonly metadata: Uint8Array | null;
}

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** The world state in the index's own database, so that it moves with the rows in one transaction. */
export class SqliteState implements StateReader {
  readonly #get: StatementSync;
  readonly #range: StatementSync;
  readonly #openRange: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = 'SELECT key, value, block, tx, metadata FROM state WHERE namespace = ?';
    this.#get = database.prepare(`${columns} AND key = ?`);
    this.#range = database.prepare(`${columns} AND key >= ? AND key < ? ORDER BY key`);
    this.#openRange = database.prepare(`${columns} AND key >= ? ORDER BY key`);
    this.#put = database.prepare(
      `INSERT INTO state (namespace, key, value, block, tx, metadata) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, block = excluded.block, tx = excluded.tx,
         metadata = excluded.metadata`,
    );
    this.#delete = database.prepare('DELETE FROM state WHERE namespace = ? AND key = ?');
  }

  get(namespace: string, key: string): StateEntry | undefined {
    const row = this.#get.get(namespace, utf8.encode(key)) as unknown as Row | undefined;
    return row && entryOf(row);
  }

  *range(namespace: string, start: string, end: string): Iterable<readonly [key: string, entry: StateEntry]> {
    const from = utf8.encode(start);
    const rows =
      end === ''
        ? this.#openRange.iterate(namespace, from)
        : this.#range.iterate(namespace, from, utf8.encode(end));
    for (const row of rows as unknown as Iterable<Row>) yield [text.decode(row.key), entryOf(row)];
  }

  /** Applies a block's updates; call inside the transaction that writes its rows. */
  apply(updates: Iterable<StateUpdate>): void {
    for (const { namespace, key, version, value, metadata } of updates) {
      if (value === undefined) this.#delete.run(namespace, utf8.encode(key));
      else this.#put.run(namespace, utf8.encode(key), value, version.block, version.tx, metadata ?? null);
    }
  }
}

function entryOf({ value, block, tx, metadata }: Row): StateEntry {
  return { value, version: { block, tx }, ...(metadata !== null && { metadata }) };
}
