import type { IndexReader } from '../index/reader.js';
import { entriesOf } from './feed-entry.js';
import type { Entry } from './feed-entry.js';
import { seenEntry } from './seen-entry.js';
import type { StreamSource } from './stream-source.js';

/** Blocks whose entries are kept for whoever is at the head, and blocks that are read at once by who is behind. */
const RECENT = 32;
const STRETCH = 20;

/**
 * What was recorded, block by block, read once for all who follow: those at the head share what the newest blocks hold, and those
 * of the same sight also what of it they see. Whoever is further behind reads the index for itself.
 */
export class Feed implements StreamSource<Entry> {
  readonly #whole: IndexReader;
  readonly #recent = new Map<number, Promise<readonly Entry[]>>();
  readonly #seen = new WeakMap<Entry, Map<string, Promise<Entry | undefined>>>();
  /** The newest block that the index has, -1 before the first. */
  head = -1;

  constructor(whole: IndexReader) {
    this.#whole = whole;
  }

  /** The newest block of the index, which may be from before this run. */
  async newest(): Promise<number> {
    this.reached((await this.#whole.chain.head())?.number ?? -1);
    return this.head;
  }

  /** The index has a block. */
  reached(block: number): void {
    this.head = Math.max(this.head, block);
  }

  /** What a block recorded. */
  block(block: number): Promise<readonly Entry[]> {
    const known = this.#recent.get(block);
    if (known) return known;
    const read = entriesOf(this.#whole, block, block);
    this.#recent.set(block, read);
    for (const old of this.#recent.keys()) {
      if (this.#recent.size <= RECENT) break;
      this.#recent.delete(old);
    }
    // A block that could not be read is read again.
    read.catch(() => this.#recent.delete(block));
    return read;
  }

  /** What a stretch of blocks recorded, from one on, which the index has: up to the block `to`. */
  async stretch(from: number): Promise<{ readonly entries: readonly Entry[]; readonly to: number }> {
    if (from > this.head - RECENT) return { entries: await this.block(from), to: from };
    const to = Math.min(this.head, from + STRETCH - 1);
    return { entries: await entriesOf(this.#whole, from, to), to };
  }

  /** What a caller sees of an entry. `sight` names what it sees, so that those who see alike ask once for each newest block. */
  seen(entry: Entry, sight: string, reader: IndexReader): Promise<Entry | undefined> {
    const known = this.#seen.get(entry) ?? new Map<string, Promise<Entry | undefined>>();
    this.#seen.set(entry, known);
    const key = `${String(this.head)} ${sight}`;
    const found = known.get(key) ?? seenEntry(entry, reader);
    known.set(key, found);
    return found;
  }
}
