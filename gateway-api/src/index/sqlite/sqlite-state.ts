import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { StateEntry, StateReader } from '@passage/ledger';

import type { ReadUpdate } from '../reading/packed-updates.js';

interface Row {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly block: number;
  readonly tx: number;
  readonly metadata: Uint8Array | null;
}

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The world state in the index's own database, so that it moves with the rows in one transaction. What blocks do to it waits until it is
 * flushed, each key with its last update; readers see it at once.
 */
export class SqliteState implements StateReader {
  readonly #get: StatementSync;
  readonly #range: StatementSync;
  readonly #openRange: StatementSync;
  readonly #put: StatementSync;
  readonly #putValue: StatementSync;
  readonly #delete: StatementSync;
  /** By namespace and key. */
  readonly #waiting = new Map<string, Map<string, ReadUpdate>>();
  /** What was read in the transaction at hand: the rules ask for a key more than once. */
  readonly #read = new Map<string, Map<string, StateEntry | undefined>>();

  constructor(database: DatabaseSync) {
    const columns = 'SELECT key, value, block, tx, metadata FROM state WHERE namespace = ?';
    this.#get = database.prepare(`${columns} AND key = ?`);
    this.#range = database.prepare(`${columns} AND key >= ? AND key < ? ORDER BY key`);
    this.#openRange = database.prepare(`${columns} AND key >= ? ORDER BY key`);
    const put = `INSERT INTO state (namespace, key, value, block, tx, metadata) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, block = excluded.block, tx = excluded.tx`;
    this.#put = database.prepare(`${put}, metadata = excluded.metadata`);
    this.#putValue = database.prepare(put);
    this.#delete = database.prepare('DELETE FROM state WHERE namespace = ? AND key = ?');
  }

  get(namespace: string, key: string): StateEntry | undefined {
    const update = this.#waiting.get(namespace)?.get(key);
    if (update !== undefined) return this.#entryAfter(update);
    return this.#stored(namespace, key);
  }

  /** As the database has it. */
  #stored(namespace: string, key: string): StateEntry | undefined {
    const read = mapIn(this.#read, namespace);
    const known = read.get(key);
    if (known !== undefined || read.has(key)) return known;
    const row = this.#get.get(namespace, utf8.encode(key)) as unknown as Row | undefined;
    const entry = row && entryOf(row);
    read.set(key, entry);
    return entry;
  }

  *range(namespace: string, start: string, end: string): Iterable<readonly [key: string, entry: StateEntry]> {
    this.#flush(namespace);
    const from = utf8.encode(start);
    const rows =
      end === ''
        ? this.#openRange.iterate(namespace, from)
        : this.#range.iterate(namespace, from, utf8.encode(end));
    for (const row of rows as unknown as Iterable<Row>) yield [text.decode(row.key), entryOf(row)];
  }

  /** Takes a block's updates; call inside the transaction that writes its rows. */
  apply(updates: Iterable<ReadUpdate>): void {
    for (const update of updates) {
      const waiting = mapIn(this.#waiting, update.namespace);
      const before = waiting.get(update.key);
      waiting.set(update.key, before && update.keepsMetadata ? withMetadataOf(before, update) : update);
    }
  }

  /** Writes what waits; what was read is asked anew from then on. */
  flush(): void {
    for (const namespace of this.#waiting.keys()) this.#flush(namespace);
    this.clear();
  }

  /** Forgets what waits, and what was read. */
  clear(): void {
    this.#waiting.clear();
    this.#read.clear();
  }

  #entryAfter(update: ReadUpdate): StateEntry | undefined {
    const { namespace, key, value, version, keepsMetadata } = update;
    if (value === undefined) return undefined;
    const metadata = keepsMetadata ? this.#stored(namespace, key)?.metadata : update.metadata;
    return { value, version, ...(metadata !== undefined && { metadata }) };
  }

  #flush(namespace: string): void {
    const updates = this.#waiting.get(namespace);
    if (updates === undefined) return;
    this.#waiting.delete(namespace);
    this.#read.delete(namespace);
    for (const { key, version, value, metadata, keepsMetadata } of updates.values()) {
      const put = keepsMetadata ? this.#putValue : this.#put;
      if (value === undefined) this.#delete.run(namespace, utf8.encode(key));
      else put.run(namespace, utf8.encode(key), value, version.block, version.tx, metadata ?? null);
    }
  }
}

function mapIn<Value>(maps: Map<string, Map<string, Value>>, namespace: string): Map<string, Value> {
  const known = maps.get(namespace) ?? new Map<string, Value>();
  maps.set(namespace, known);
  return known;
}

/** The later of two updates with the metadata that the earlier one leaves. */
function withMetadataOf({ metadata, keepsMetadata }: ReadUpdate, later: ReadUpdate): ReadUpdate {
  const { namespace, key, version, value } = later;
  return {
    namespace,
    key,
    version,
    ...(value && { value }),
    ...(metadata && { metadata }),
    ...(keepsMetadata && { keepsMetadata }),
  };
}

function entryOf({ value, block, tx, metadata }: Row): StateEntry {
  return { value, version: { block, tx }, ...(metadata !== null && { metadata }) };
}
