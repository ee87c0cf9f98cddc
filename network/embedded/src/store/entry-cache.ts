import type { StateEntry } from '@passage/ledger';

/** Entries that are kept before the older half of them is forgotten. */
const MAX_ENTRIES = 4096;

/** Longer values are read from disk each time; they bound the memory to some tens of megabytes. */
const MAX_VALUE = 4096;

/**
 * What was last read of the world state, missing keys included: a transaction reads its keys when it is simulated and once
 * more when its block is judged, and every transaction reads the chaincode's definition.
 */
export class EntryCache {
  readonly #half: number;
  #newer = new Map<string, StateEntry | undefined>();
  #older = new Map<string, StateEntry | undefined>();

  constructor(maxEntries = MAX_ENTRIES) {
    this.#half = Math.ceil(maxEntries / 2);
  }

  /** The entry, which `read` fetches if it is not here. Nobody may change the bytes of its value. */
  get(namespace: string, key: string, read: () => StateEntry | undefined): StateEntry | undefined {
    const id = idOf(namespace, key);
    const known = this.#newer.get(id);
    if (known !== undefined || this.#newer.has(id)) return known;
    const entry = this.#older.has(id) ? this.#older.get(id) : read();
    if (entry === undefined || entry.value.length <= MAX_VALUE) this.#keep(id, entry);
    return entry;
  }

  /** To be called for every key that is about to be written. */
  forget(namespace: string, key: string): void {
    const id = idOf(namespace, key);
    this.#newer.delete(id);
    this.#older.delete(id);
  }

  #keep(id: string, entry: StateEntry | undefined): void {
    if (this.#newer.size >= this.#half) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(id, entry);
  }
}

/** The length keeps apart what would be one text otherwise: names and keys may hold any character. */
function idOf(namespace: string, key: string): string {
  return `${namespace.length} ${namespace}${key}`;
}
