import { OrderedKeys } from './ordered-keys.js';
import type { StateEntry, StateReader, StateUpdate } from './state-reader.js';

interface Namespace {
  readonly entries: Map<string, StateEntry>;
  readonly keys: OrderedKeys;
}

/** A world state in memory: what the auditor replays into, and what tests build. */
export class MemoryState implements StateReader {
  readonly #namespaces = new Map<string, Namespace>();

  get(namespace: string, key: string): StateEntry | undefined {
    return this.#namespaces.get(namespace)?.entries.get(key);
  }

  *range(namespace: string, start: string, end: string): Generator<readonly [string, StateEntry]> {
    const found = this.#namespaces.get(namespace);
    if (found === undefined) return;
    for (const key of found.keys.between(start, end, (candidate) => found.entries.has(candidate))) {
      const entry = found.entries.get(key);
      if (entry !== undefined) yield [key, entry];
    }
  }

  /** Applies the updates of one block. Nothing may range over the state while it is changed. */
  apply(updates: Iterable<StateUpdate>): void {
    for (const update of updates) this.#applyOne(update);
  }

  /** Names of the namespaces that hold at least one key, sorted. */
  namespaces(): string[] {
    return [...this.#namespaces].flatMap(([name, { entries }]) => (entries.size > 0 ? [name] : [])).sort();
  }

  /** How many keys a namespace holds. */
  count(namespace: string): number {
    return this.#namespaces.get(namespace)?.entries.size ?? 0;
  }

  #applyOne({ namespace, key, version, value, metadata }: StateUpdate): void {
    const target = this.#namespace(namespace);
    if (value === undefined) {
      target.entries.delete(key);
      return;
    }
    if (!target.entries.has(key)) target.keys.add(key);
    // Values come as views of a whole block; kept as they are, each would keep its block in memory.
    const kept = { value: Uint8Array.from(value), version };
    target.entries.set(key, metadata === undefined ? kept : { ...kept, metadata: Uint8Array.from(metadata) });
    target.keys.trim(target.entries.size, (candidate) => target.entries.has(candidate));
  }

  #namespace(name: string): Namespace {
    let found = this.#namespaces.get(name);
    if (found === undefined) {
      found = { entries: new Map(), keys: new OrderedKeys() };
      this.#namespaces.set(name, found);
    }
    return found;
  }
}
