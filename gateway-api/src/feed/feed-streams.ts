import type { LedgerPosition } from '@passage/domain';

import type { AccessLog } from '../access/access-log.js';
import type { Caller } from '../auth/caller.js';
import { gatewayError, messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { GatewayMetrics } from '../metrics/metrics.js';
import type { Entry } from './feed-entry.js';
import { checkFilter, matches } from './feed-filter.js';
import type { FeedFilter } from './feed-filter.js';
import { endOfBlock } from './feed-position.js';
import { FeedStream } from './feed-stream.js';
import type { View } from './feed-stream.js';
import type { Item, StreamCursors, StreamSource } from './stream-source.js';

/** How many streams there may be, and how far a reader may lag. */
export interface StreamLimits {
  readonly perCaller: number;
  readonly all: number;
  /** Entries that may come while nobody reads, before the stream is ended. */
  readonly unread: number;
}

/** What streams stand on. */
export interface StreamsParts<Each extends Item> {
  /** What access records call it. */
  readonly name: string;
  readonly source: StreamSource<Each>;
  readonly cursors: StreamCursors;
  /** The source's newest block, which may be from before this run. */
  readonly head: () => Promise<number>;
  /** What a caller may see now. */
  readonly view: (caller: Caller) => Promise<View>;
  readonly access: Pick<AccessLog, 'record'>;
  readonly metrics: Pick<GatewayMetrics, 'streamEnded'>;
  readonly limits: StreamLimits;
  readonly log: Logger;
}

/** The longest that Node's timers wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Under what the streams of webhooks are kept: they count for no caller. */
const WEBHOOK = 'webhook';

/** Seconds after which a caller with too many streams may come back. */
const COME_BACK = 30;

/** Everyone who follows the ledger, or its alerts, through this gateway. One reading of each block serves them all. */
export class FeedStreams<Each extends Item = Entry> {
  readonly #parts: StreamsParts<Each>;
  readonly #streams = new Map<FeedStream<Each>, { readonly who: string; readonly filter: string }>();
  /** Ends of streams that are being put on record. */
  readonly #recording = new Set<Promise<void>>();
  #told: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(parts: StreamsParts<Each>) {
    this.#parts = parts;
  }

  /** Streams that are open. */
  get count(): number {
    return this.#streams.size;
  }

  /** The source has a block: those who wait for something in it are woken, in the order of blocks. */
  announce(block: number): void {
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
  ): Promise<FeedStream<Each>> {
    checkFilter(filter);
    const who = JSON.stringify([caller.subject, caller.org, caller.party, caller.role]);
    const { head, cursors } = this.#parts;
    const newest = await head();
    const from = after === undefined ? endOfBlock(newest) : cursors.place(after);
    this.#admit(who);
    const stream = this.#begin(caller, filter, from, hangUp);
    this.#streams.set(stream, { who, filter: JSON.stringify(filter) });
    try {
      await this.#recorded(caller, { after: cursors.text(from), filter }, false);
    } catch (error) {
      stream.close();
      throw error;
    }
    return stream;
  }

  /** The place of a cursor, or the newest block's end, as a cursor. Throws `CURSOR_INVALID`. */
  async here(after?: string): Promise<string> {
    const { head, cursors } = this.#parts;
    return cursors.text(after === undefined ? endOfBlock(await head()) : cursors.place(after));
  }

  /** A stream for the gateway's own use, on behalf of a caller: it ends with the gateway alone, and whoever reads it keeps the record. */
  async follow(caller: Caller, filter: FeedFilter, after: string): Promise<FeedStream<Each>> {
    const { head, source: feed, cursors } = this.#parts;
    await head();
    const view = (): Promise<View> => this.#parts.view(caller);
    const closed = (ended: FeedStream<Each>): void => {
      this.#streams.delete(ended);
    };
    const parts = { feed, cursors, filter, after: cursors.place(after), view, unread: Infinity, closed };
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

  #begin(caller: Caller, filter: FeedFilter, after: LedgerPosition, hangUp: () => void): FeedStream<Each> {
    const { limits, log, source: feed, cursors } = this.#parts;
    const closed = (stream: FeedStream<Each>, abandoned: boolean): void => {
      clearTimeout(expiry);
      this.#streams.delete(stream);
      this.#count(stream);
      if (abandoned) hangUp();
      const range = { after: cursors.text(after), upTo: stream.cursor, told: stream.told, filter };
      const recording = this.#recorded(caller, range, stream.told > 0)
        .catch((error: unknown) => {
          log.error({ reason: messageOf(error) }, 'the end of a stream cannot be recorded');
        })
        .finally(() => this.#recording.delete(recording));
      this.#recording.add(recording);
    };
    const view = (): Promise<View> => this.#parts.view(caller);
    const stream = new FeedStream({ feed, cursors, filter, after, view, unread: limits.unread, closed });
    const expiry = expiryOf(caller, stream);
    return stream;
  }

  #count({ told, ending }: FeedStream<Each>): void {
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

  async #tell(block: number): Promise<void> {
    const entries = await this.#parts.source.block(block);
    const counts = new Map<string, number>();
    for (const [stream, { filter }] of this.#streams) {
      const known = counts.get(filter);
      const matching = known ?? entries.filter((entry) => matches(stream.filter, entry)).length;
      counts.set(filter, matching);
      stream.announce(block, matching);
    }
  }

  async #recorded(caller: Caller, args: object, found: boolean): Promise<void> {
    const { access, name, view } = this.#parts;
    const { asOfBlock } = await view(caller);
    await access.record(caller, { query: name, args, found, asOfBlock: Math.max(0, asOfBlock) });
  }
}

/** Ends a stream when the token expires with which it began. */
function expiryOf({ expires }: Caller, stream: Pick<FeedStream, 'end'>): NodeJS.Timeout | undefined {
  if (expires === undefined) return undefined;
  const wait = Math.min(Math.max(0, expires - Date.now()), LONGEST_TIMER);
  return setTimeout(() => {
    stream.end('TOKEN_EXPIRED', 'the token with which the stream began has expired');
  }, wait).unref();
}
