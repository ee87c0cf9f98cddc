import type { LedgerPosition } from '@passage/domain';

import type { AccessLog } from '../access/access-log.js';
import type { Caller } from '../auth/caller.js';
import { gatewayError, messageOf } from '../errors.js';
import { cursorOf, positionOf } from '../index/cursor.js';
import type { IndexReader } from '../index/reader.js';
import type { Logger } from '../log.js';
import type { GatewayMetrics } from '../metrics/metrics.js';
import type { CallersSight } from '../sight/callers-sight.js';
import { Feed } from './feed.js';
import { checkFilter, matches } from './feed-filter.js';
import type { FeedFilter } from './feed-filter.js';
import { endOfBlock } from './feed-position.js';
import { FeedStream } from './feed-stream.js';
import type { View } from './feed-stream.js';

/** How many streams there may be, and how far a reader may lag. */
export interface StreamLimits {
  readonly perCaller: number;
  readonly all: number;
  /** Entries that may come while nobody reads, before the stream is ended. */
  readonly unread: number;
}

/** What streams stand on. */
export interface StreamsParts {
  readonly whole: IndexReader;
  readonly sights: Pick<CallersSight, 'of'>;
  readonly access: Pick<AccessLog, 'record'>;
  readonly metrics: Pick<GatewayMetrics, 'streamEnded' | 'watchStreams'>;
  readonly limits: StreamLimits;
  readonly log: Logger;
}

/** The longest that Node's timers wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Under what the streams of webhooks are kept: they count for no caller. */
const WEBHOOK = 'webhook';

/** Seconds after which a caller with too many streams may come back. */
const COME_BACK = 30;

/** Everyone who follows the ledger through this gateway. One reading of each block serves them all. */
export class FeedStreams {
  readonly #parts: StreamsParts;
  readonly #feed: Feed;
  readonly #streams = new Map<FeedStream, { readonly who: string; readonly filter: string }>();
  /** Ends of streams that are being put on record. */
  readonly #recording = new Set<Promise<void>>();
  #told: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(parts: StreamsParts) {
    this.#parts = parts;
    this.#feed = new Feed(parts.whole);
    parts.metrics.watchStreams(() => this.#streams.size);
  }

  /** The index has a block: those who wait for something in it are woken, in the order of blocks. */
  announce(block: number): void {
    this.#feed.head = Math.max(this.#feed.head, block);
    if (this.#streams.size === 0) return;
    this.#told = this.#told.then(async () => {
      try {
        await this.#tell(block);
      } catch (error) {
        this.#parts.log.error(
          { block, reason: messageOf(error) },
          'a block cannot be told to those who follow',
        );
      }
    });
  }

  /**
   * Begins a stream for a caller: behind the cursor `after`, or with what comes from now on. That somebody follows is on record
   * before anything is told. `hangUp` cuts the line of a reader that takes nothing any more. Throws `BAD_ARGUMENT`, `CURSOR_INVALID`,
   * `TOO_MANY_STREAMS`, `GATEWAY_STOPPING`.
   */
  async open(
    caller: Caller,
    { filter, after }: { readonly filter: FeedFilter; readonly after?: string },
    hangUp: () => void,
  ): Promise<FeedStream> {
    checkFilter(filter);
    const who = JSON.stringify([caller.subject, caller.org, caller.party, caller.role]);
    const head = await this.#head();
    const from = after === undefined ? endOfBlock(head) : positionOf(after);
    this.#admit(who);
    const stream = this.#begin(caller, filter, from, hangUp);
    this.#streams.set(stream, { who, filter: JSON.stringify(filter) });
    try {
      await this.#recorded(caller, { after: cursorOf(from), filter }, false);
    } catch (error) {
      stream.close();
      throw error;
    }
    return stream;
  }

  /** The place of a cursor, or the newest block's end, as a cursor. Throws `CURSOR_INVALID`. */
  async here(after?: string): Promise<string> {
    if (after !== undefined) return cursorOf(positionOf(after));
    return cursorOf(endOfBlock(await this.#head()));
  }

  /** A stream for the gateway's own use, on behalf of a caller: it ends with the gateway alone, and whoever reads it keeps the record. */
  async follow(caller: Caller, filter: FeedFilter, after: string): Promise<FeedStream> {
    await this.#head();
    const view = (): Promise<View> => this.#view(caller);
    const closed = (ended: FeedStream): void => {
      this.#streams.delete(ended);
    };
    const parts = { feed: this.#feed, filter, after: positionOf(after), view, unread: Infinity, closed };
    const stream = new FeedStream(parts);
    this.#streams.set(stream, { who: WEBHOOK, filter: JSON.stringify(filter) });
    return stream;
  }

  /** Ends every stream with a cursor to go on from, here later or at another gateway; nobody may begin one any more. */
  end(): void {
    this.#stopping = true;
    for (const stream of this.#streams.keys()) stream.end('GATEWAY_STOPPING', 'this gateway stops');
  }

  /** The same, without waiting for readers; returns once it is on record what each was told. */
  async stop(): Promise<void> {
    this.end();
    for (const stream of this.#streams.keys()) stream.close(true);
    await Promise.all(this.#recording);
  }

  /** The newest block of the index, which may be from before this run. */
  async #head(): Promise<number> {
    const head = (await this.#parts.whole.chain.head())?.number ?? -1;
    this.#feed.head = Math.max(this.#feed.head, head);
    return this.#feed.head;
  }

  #begin(caller: Caller, filter: FeedFilter, after: LedgerPosition, hangUp: () => void): FeedStream {
    const { limits, log } = this.#parts;
    const closed = (stream: FeedStream, abandoned: boolean): void => {
      clearTimeout(expiry);
      this.#streams.delete(stream);
      this.#count(stream);
      if (abandoned) hangUp();
      const range = { after: cursorOf(after), upTo: stream.cursor, told: stream.told, filter };
      const recording = this.#recorded(caller, range, stream.told > 0)
        .catch((error: unknown) => {
          log.error({ reason: messageOf(error) }, 'the end of a stream cannot be recorded');
        })
        .finally(() => this.#recording.delete(recording));
      this.#recording.add(recording);
    };
    const view = (): Promise<View> => this.#view(caller);
    const stream = new FeedStream({ feed: this.#feed, filter, after, view, unread: limits.unread, closed });
    const expiry = expiryOf(caller, stream);
    return stream;
  }

  #count({ told, ending }: FeedStream): void {
    this.#parts.metrics.streamEnded(told, ending?.code ?? 'left');
  }

  #admit(who: string): void {
    const { perCaller, all } = this.#parts.limits;
    if (this.#stopping)
      throw gatewayError('GATEWAY_STOPPING', 'this gateway stops', { retryable: true, status: 503 });
    const own = [...this.#streams.values()].filter((each) => each.who === who).length;
    if (own < perCaller && this.#streams.size < all) return;
    const message =
      own >= perCaller ? `this caller has ${String(own)} streams open` : 'too many streams are open';
    const details = { retryAfter: COME_BACK };
    throw gatewayError('TOO_MANY_STREAMS', message, { retryable: true, details, status: 429 });
  }

  async #view(caller: Caller): Promise<View> {
    const { sights, whole } = this.#parts;
    const { head } = this.#feed;
    const sight = await sights.of(caller, head);
    return { reader: whole.seenBy(sight), sight: JSON.stringify(sight), asOfBlock: head };
  }

  async #tell(block: number): Promise<void> {
    const entries = await this.#feed.block(block);
    const counts = new Map<string, number>();
    for (const [stream, { filter }] of this.#streams) {
      const known = counts.get(filter);
      const matching = known ?? entries.filter((entry) => matches(stream.filter, entry)).length;
      counts.set(filter, matching);
      stream.announce(block, matching);
    }
  }

  #recorded(caller: Caller, args: object, found: boolean): Promise<void> {
    return this.#parts.access.record(caller, {
      query: 'feed',
      args,
      found,
      asOfBlock: Math.max(0, this.#feed.head),
    });
  }
}

/** Ends a stream when the token expires with which it began. */
function expiryOf({ expires }: Caller, stream: FeedStream): NodeJS.Timeout | undefined {
  if (expires === undefined) return undefined;
  const wait = Math.min(Math.max(0, expires - Date.now()), LONGEST_TIMER);
  return setTimeout(() => {
    stream.end('TOKEN_EXPIRED', 'the token with which the stream began has expired');
  }, wait).unref();
}
