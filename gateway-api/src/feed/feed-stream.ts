import { setImmediate as breath } from 'node:timers/promises';

import { comparePositions } from '@passage/domain';
import type { LedgerPosition } from '@passage/domain';

import { gatewayError } from '../errors.js';
import type { GatewayCode, Refusal } from '../errors.js';
import type { IndexReader } from '../index/reader.js';
import type { Entry } from './feed-entry.js';
import { matches } from './feed-filter.js';
import type { FeedFilter } from './feed-filter.js';
import { blockBehind, endOfBlock } from './feed-position.js';
import type { Item, StreamCursors, StreamSource } from './stream-source.js';

/** What a caller may see at a moment: the reader that shows it, and a name for those who see alike. */
export interface View {
  readonly reader: IndexReader;
  readonly sight: string;
  readonly asOfBlock: number;
}

/** What a stream tells: from where on it tells, each entry as the caller sees it, and last why it ends. */
export type Told<Each extends Item = Entry> =
  | { readonly from: string }
  | { readonly entry: Each; readonly cursor: string; readonly view: View }
  | { readonly ending: Refusal };

/** How long a reader has to take why its stream ended, before the line is cut. */
const GRACE_MS = 10_000;

/** What one stream stands on. */
export interface StreamParts<Each extends Item> {
  readonly feed: StreamSource<Each>;
  readonly cursors: StreamCursors;
  readonly filter: FeedFilter;
  /** The place behind which it goes on. */
  readonly after: LedgerPosition;
  /** What the caller may see now; asked for each entry, when it is sent. */
  readonly view: () => Promise<View>;
  /** Entries that may come while nobody asks for the next one, before the reader counts as slow. */
  readonly unread: number;
  /** Called once, when nothing more will be told; `abandoned` where the reader has not even taken why it ended. */
  readonly closed: (stream: FeedStream<Each>, abandoned: boolean) => void;
}

/**
 * One follower of the ledger, asked for one entry after the other. It keeps a place, not a queue: what it has not told yet is read
 * from the index when it is asked for, whether it is old or has just come, so that nothing is left out or told twice between what
 * was and what comes. Nobody who asks is ever behind; a reader that does not ask while much comes is told to come back.
 */
export class FeedStream<Each extends Item = Entry> implements AsyncIterableIterator<Told<Each>> {
  readonly #parts: StreamParts<Each>;
  /** Everything up to here was looked at. */
  #at: LedgerPosition;
  /** The last entry that was told, or where it all began. */
  #last: LedgerPosition;
  /** What matches by itself, before it is known whether the caller sees it. */
  #candidates: Each[] = [];
  #opened = false;
  #asking = false;
  #unread = 0;
  #ending: Refusal | undefined;
  #over = false;
  #grace: NodeJS.Timeout | undefined;
  #wake: () => void = () => undefined;
  /** Entries that were told. */
  told = 0;

  constructor(parts: StreamParts<Each>) {
    this.#parts = parts;
    this.#at = parts.after;
    this.#last = parts.after;
  }

  get filter(): FeedFilter {
    return this.#parts.filter;
  }

  /** Why it ends, once it does. */
  get ending(): Refusal | undefined {
    return this.#ending;
  }

  /** The cursor to go on from. */
  get cursor(): string {
    return this.#parts.cursors.text(this.#candidates.length > 0 ? this.#last : this.#at);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Told<Each>, undefined>> {
    this.#asking = true;
    this.#unread = 0;
    try {
      const told = await this.#next();
      if (told === undefined || 'ending' in told) this.close();
      return told === undefined ? { done: true, value: undefined } : { done: false, value: told };
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.#asking = false;
    }
  }

  return(): Promise<IteratorResult<Told<Each>, undefined>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The index has a block; `matching` of its entries are what the filter asks for. */
  announce(block: number, matching: number): void {
    const isIdle = this.#asking && this.#candidates.length === 0;
    if (isIdle && matching === 0 && blockBehind(this.#at) === block) this.#at = endOfBlock(block);
    else if (this.#asking) this.#wake();
    else if ((this.#unread += matching) > this.#parts.unread) this.end('SLOW_READER', slow(this.#unread));
  }

  /** Ends the stream: the last thing that is told is why, and from where to go on. */
  end(code: GatewayCode, message: string): void {
    const { cursor } = this;
    if (this.#over || this.#ending) return;
    this.#ending = gatewayError(code, message, { retryable: true, details: { cursor } });
    this.#grace = setTimeout(() => {
      this.close(true);
    }, GRACE_MS).unref();
    this.#wake();
  }

  /** Nothing more is told, as when the reader has gone. */
  close(abandoned = false): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#grace);
    this.#wake();
    this.#parts.closed(this, abandoned);
  }

  async #next(): Promise<Told<Each> | undefined> {
    if (!this.#opened) {
      this.#opened = true;
      return { from: this.cursor };
    }
    while (!this.#over) {
      if (this.#ending) return { ending: this.#ending };
      const [candidate] = this.#candidates;
      const told = candidate && (await this.#tell(candidate));
      if (told) return told;
      if (candidate) continue;
      if (blockBehind(this.#at) <= this.#parts.feed.head) await this.#read();
      else await this.#woken();
    }
    return undefined;
  }

  async #tell(candidate: Each): Promise<Told<Each> | undefined> {
    const { feed, filter, view, cursors } = this.#parts;
    const now = await view();
    const entry = await feed.seen(candidate, now.sight, now.reader);
    // It is not told then, and the cursor stands before it.
    if (this.#ending) return undefined;
    this.#candidates.shift();
    this.#last = candidate;
    if (!entry || !matches(filter, entry)) return undefined;
    this.told += 1;
    return { entry, cursor: cursors.text(entry), view: now };
  }

  async #read(): Promise<void> {
    await breath();
    const { feed, filter } = this.#parts;
    const { entries, to } = await feed.stretch(blockBehind(this.#at));
    this.#candidates = entries.filter(
      (entry) => comparePositions(entry, this.#at) > 0 && matches(filter, entry),
    );
    this.#at = endOfBlock(to);
  }

  #woken(): Promise<void> {
    return new Promise((wake) => {
      this.#wake = wake;
    });
  }
}

function slow(unread: number): string {
  return `${String(unread)} entries have come while nobody read the last one`;
}
