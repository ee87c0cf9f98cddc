import { compareKeys } from './key-order.js';

/** How many keys that are gone may wait for the next range, beside as many as there are present ones. */
const SLACK = 1000;

/**
 * The keys of one namespace in byte order, sorted only when somebody asks for a range: most blocks write and never
 * range. New keys gather behind the sorted ones, and the sort that follows runs over two runs, so it is linear.
 */
export class OrderedKeys {
  #keys: string[] = [];
  #sorted = true;

  /** Adds a key that is not in the set. */
  add(key: string): void {
    this.#sorted = false;
    this.#keys.push(key);
  }

  /** Drops the keys that went and came back, where nobody ranges and they would pile up. `present` counts those there are. */
  trim(present: number, isPresent: (key: string) => boolean): void {
    if (this.#keys.length > 2 * present + SLACK) this.#settle(isPresent);
  }

  /** How many keys are kept, those that are gone included. */
  get length(): number {
    return this.#keys.length;
  }

  /** Drops every key that `isPresent` does not know any more; duplicates of a key that came back go too. */
  #settle(isPresent: (key: string) => boolean): void {
    this.#keys.sort(compareKeys);
    this.#keys = this.#keys.filter((key, index, keys) => key !== keys[index - 1] && isPresent(key));
    this.#sorted = true;
  }

  /** The present keys with start ≤ key < end ('' is open on either side). */
  *between(start: string, end: string, isPresent: (key: string) => boolean): Generator<string> {
    if (!this.#sorted) this.#settle(isPresent);
    const keys = this.#keys;
    for (let index = lowerBound(keys, start); index < keys.length; index++) {
      const key = keys[index] ?? '';
      if (end !== '' && compareKeys(key, end) >= 0) return;
      if (isPresent(key)) yield key;
    }
  }
}

/** Index of the first key that is not before `start`. */
function lowerBound(keys: readonly string[], start: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keys[middle] ?? '', start) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
