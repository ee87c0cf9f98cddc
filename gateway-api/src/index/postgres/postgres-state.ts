import type { StateEntry, StateReader, StateUpdate } from '@passage/ledger';

import type { StateKey } from '../expected-reads.js';
import { boundsOf, columnsOf, within } from './long-keys.js';
import type { Session } from './session.js';
import { storedText } from './texts.js';
import { jsonOf } from './json-rows.js';

interface Row {
  readonly key: Uint8Array;
  readonly whole: Uint8Array | null;
  readonly value: Uint8Array;
  readonly block: number;
  readonly tx: number;
  readonly metadata: Uint8Array | null;
}

const COLUMNS = 'SELECT key, whole, value, block, tx, metadata FROM state WHERE namespace = $1';
const OF_KEYS = `SELECT namespace, key, whole, value, block, tx, metadata FROM state
  WHERE (namespace, key) IN (SELECT * FROM unnest($1::text[], $2::bytea[]))`;
const GIVEN = 'json_populate_recordset(NULL::state, $1)';
const PUT = `INSERT INTO state SELECT * FROM ${GIVEN} ON CONFLICT (namespace, key) DO UPDATE
  SET value = excluded.value, block = excluded.block, tx = excluded.tx, metadata = excluded.metadata`;
const DELETE = `DELETE FROM state USING ${GIVEN} AS gone WHERE state.namespace = gone.namespace AND state.key = gone.key`;

const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** The world state in the index's own database, so that it moves with the rows in one transaction. */
export class PostgresState implements StateReader {
  readonly #session: Session;
  /** What is known in the transaction at hand: the rules ask for a key more than once. */
  readonly #known = new Map<string, StateEntry | undefined>();

  constructor(session: Session) {
    this.#session = session;
  }

  get(namespace: string, key: string): StateEntry | undefined {
    const name = nameOf(namespace, key);
    if (this.#known.has(name)) return this.#known.get(name);
    this.foresee([{ namespace, key }]);
    return this.#known.get(name);
  }

  /** Reads keys that will be asked for. */
  foresee(keys: readonly StateKey[]): void {
    const asked = keys.filter(({ namespace, key }) => !this.#known.has(nameOf(namespace, key)));
    if (asked.length === 0) return;
    const rows = this.#session.read({
      name: 'stateOf',
      text: OF_KEYS,
      values: [
        asked.map(({ namespace }) => storedText(namespace)),
        asked.map(({ key }) => columnsOf(key).key),
      ],
    }) as readonly (Row & { readonly namespace: string })[];
    for (const { namespace, key } of asked) this.#known.set(nameOf(namespace, key), undefined);
    for (const row of rows) this.#known.set(nameOf(row.namespace, keyOf(row)), entryOf(row));
  }

  *range(namespace: string, start: string, end: string): Iterable<readonly [key: string, entry: StateEntry]> {
    const [least, most] = boundsOf(start, end);
    const from = [storedText(namespace), least];
    const rows = this.#session.read(
      end === ''
        ? { name: 'state-from', text: `${COLUMNS} AND key >= $2 ORDER BY key`, values: from }
        : {
            name: 'state-range',
            text: `${COLUMNS} AND key >= $2 AND key < $3 ORDER BY key`,
            values: [...from, most],
          },
    ) as readonly Row[];
    for (const row of within(rows, start, end)) yield [keyOf(row), entryOf(row)];
  }

  /** Applies a block's updates: the last one of each key stands. */
  apply(updates: Iterable<StateUpdate>): void {
    const last = new Map([...updates].map((update) => [nameOf(update.namespace, update.key), update]));
    const rows = Map.groupBy(last.values(), ({ value }) => (value === undefined ? 'deleted' : 'put'));
    for (const [what, statement] of [
      ['deleted', DELETE],
      ['put', PUT],
    ] as const) {
      const some = rows.get(what)?.map(rowOf) ?? [];
      if (some.length > 0)
        this.#session.write({ name: `state-${what}`, text: statement, values: [jsonOf(some)] });
    }
    for (const [name, update] of last) this.#known.set(name, entryAfter(update));
  }

  /** What was read is remembered for one transaction. */
  forget(): void {
    this.#known.clear();
  }
}

function nameOf(namespace: string, key: string): string {
  return `${namespace}\0${key}`;
}

function entryAfter({ value, version, metadata }: StateUpdate): StateEntry | undefined {
  return value && { value, version, ...(metadata && { metadata }) };
}

function rowOf({ namespace, key, version: { block, tx }, value, metadata }: StateUpdate) {
  return { namespace, ...columnsOf(key), value: value ?? null, block, tx, metadata: metadata ?? null };
}

function keyOf({ key, whole }: Row): string {
  return text.decode(whole ?? key);
}

function entryOf({ value, block, tx, metadata }: Row): StateEntry {
  return { value, version: { block, tx }, ...(metadata !== null && { metadata }) };
}
