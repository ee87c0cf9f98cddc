import type { Caller } from '../auth/caller.js';
import type { FeedFilter } from '../feed/feed-filter.js';
import type { Told } from '../feed/feed-stream.js';
import type { FeedStreams } from '../feed/feed-streams.js';
import type { Item } from '../feed/stream-source.js';

/** One item as a webhook delivers it. */
export interface Delivery {
  /** The place behind it. */
  readonly cursor: string;
  /** The newest block by which it was judged whether it is shown. */
  readonly asOfBlock: number;
  /** What is sent, JSON. */
  readonly body: () => Promise<string>;
}

/** What one webhook is to hear of, in its order, until it is closed or the gateway stops. */
export interface Deliveries extends AsyncIterable<Delivery> {
  close(): void;
}

/** A subscription that webhooks deliver. */
export interface DeliveredSubscription {
  /** The place of a cursor, or of what is newest. Throws `CURSOR_INVALID`. */
  here(after?: string): Promise<string>;
  follow(caller: Caller, filter: FeedFilter, after: string): Promise<Deliveries>;
}

/** An item that is told, without the messages around it. */
export type ToldItem<Each extends Item> = Extract<Told<Each>, { readonly entry: Each }>;

/** Has a subscription's streams delivered, each item as `body` words it for the caller. */
export function delivered<Each extends Item>(
  streams: Pick<FeedStreams<Each>, 'follow' | 'here'>,
  body: (told: ToldItem<Each>, caller: Caller) => Promise<string>,
): DeliveredSubscription {
  return {
    here: (after) => streams.here(after),
    async follow(caller, filter, after) {
      const stream = await streams.follow(caller, filter, after);
      return {
        async *[Symbol.asyncIterator]() {
          for await (const told of stream) {
            if ('ending' in told) return;
            if (!('entry' in told)) continue;
            const { cursor, view } = told;
            yield { cursor, asOfBlock: view.asOfBlock, body: () => body(told, caller) };
          }
        },
        close: () => {
          stream.close();
        },
      };
    },
  };
}
