import { compareKeys } from '../state/index.js';

/** Records by key, given out in the byte order of the keys; the last one put under a key stands. */
export class SortedRecords<T> {
  readonly #records = new Map<string, T>();

  get size(): number {
    return this.#records.size;
  }

  put(key: string, record: T): void {
    this.#records.set(key, record);
  }

  /** The record of a key, made on first use. */
  of(key: string, create: () => T): T {
    const found = this.#records.get(key) ?? create();
    this.#records.set(key, found);
    return found;
  }

  entries(): (readonly [key: string, record: T])[] {
    return [...this.#records].sort(([a], [b]) => compareKeys(a, b));
  }
}
