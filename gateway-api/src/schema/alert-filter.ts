import { checkFilter } from '../feed/feed-filter.js';
import type { FeedFilter } from '../feed/feed-filter.js';

/** What callers may narrow alerts by: the feed's dimensions, and kinds. */
export type AlertFilter = Omit<FeedFilter, 'what' | 'commands' | 'alertKinds'> & {
  readonly kinds?: FeedFilter['alertKinds'];
};

/** The same in the feed's words. Throws `BAD_ARGUMENT`. */
export function feedFilterOf(filter: AlertFilter | null | undefined): FeedFilter {
  const { kinds, ...dimensions } = filter ?? {};
  const wanted = { ...dimensions, ...(kinds && { alertKinds: kinds }) };
  checkFilter(wanted);
  return wanted;
}

/** The feed's words as callers have given them. */
export function alertFilterOf({ alertKinds, ...dimensions }: FeedFilter): AlertFilter {
  return { ...(alertKinds && { kinds: alertKinds }), ...dimensions };
}
