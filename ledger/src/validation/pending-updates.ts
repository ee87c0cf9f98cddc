import { compareKeys } from '../state/index.js';
import type { StateEntry, StateReader, StateUpdate, Version } from '../state/index.js';

/**
 * What the valid transactions of a block have written so far, over the state before the block. Deletions stay in it: a
 * deleted key counts as written (Fabric: core/ledger/kvledger/txmgmt/statedb/statedb.go, UpdateBatch).
 */
export class PendingUpdates {
  readonly #state: StateReader;
  readonly #namespaces = new Map<string, Map<string, StateUpdate>>();

  constructor(state: StateReader) {
    this.#state = state;
  }

  put(update: StateUpdate): void {
    const keys = this.#namespaces.get(update.namespace) ?? new Map<string, StateUpdate>();
    keys.set(update.key, update);
    this.#namespaces.set(update.namespace, keys);
  }

  /** Whether an earlier transaction of the block wrote or deleted the key. */
  has(namespace: string, key: string): boolean {
    return this.#namespaces.get(namespace)?.has(key) ?? false;
  }

  /** The key as the next transaction would find it. */
  latest(namespace: string, key: string): StateEntry | undefined {
    const update = this.#namespaces.get(namespace)?.get(key);
    return update === undefined ? this.#state.get(namespace, key) : entryOf(update);
  }

  /** Keys and versions with start ≤ key < end as the next transaction would find them, in byte order. */
  *range(namespace: string, start: string, end: string): Generator<readonly [key: string, version: Version]> {
    const updates = this.#updatesBetween(namespace, start, end);
    let next = updates.next();
    for (const [key, entry] of this.#state.range(namespace, start, end)) {
      for (; !next.done && compareKeys(next.value.key, key) < 0; next = updates.next())
        yield* present(next.value);
      if (!next.done && next.value.key === key) {
        yield* present(next.value);
        next = updates.next();
      } else {
        yield [key, entry.version];
      }
    }
    for (; !next.done; next = updates.next()) yield* present(next.value);
  }

  /** Every written key once, with its last write. */
  *[Symbol.iterator](): Generator<StateUpdate> {
    for (const keys of this.#namespaces.values()) yield* keys.values();
  }

  *#updatesBetween(namespace: string, start: string, end: string): Generator<StateUpdate> {
    const updates = [...(this.#namespaces.get(namespace)?.values() ?? [])];
    updates.sort((a, b) => compareKeys(a.key, b.key));
    for (const update of updates) {
      if (compareKeys(update.key, start) < 0) continue;
      if (end !== '' && compareKeys(update.key, end) >= 0) return;
      yield update;
    }
  }
}

function entryOf({ value, version, metadata }: StateUpdate): StateEntry | undefined {
  return value && { value, version, ...(metadata !== undefined && { metadata }) };
}

function* present({ key, value, version }: StateUpdate): Generator<readonly [string, Version]> {
  if (value !== undefined) yield [key, version];
}
