import type { Kysely } from 'kysely';

import { FeedStreams } from '../feed/feed-streams.js';
import type { StreamsParts } from '../feed/feed-streams.js';
import { viewAt } from '../feed/view.js';
import type { PartyReader } from '../index/party-reader.js';
import type { IndexReader } from '../index/reader.js';
import type { Logger } from '../log.js';
import type { CallersSight } from '../sight/callers-sight.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import { AlertDesk } from './alert-desk.js';
import { alertFinder } from './alert-finder.js';
import type { AlertFinder } from './alert-finder.js';
import { AlertSource, bookCursors } from './alert-source.js';
import type { AlertItem } from './alert-source.js';
import { AlertStore } from './alert-store.js';
import { AlertWatch, usualRhythm } from './alert-watch.js';
import type { WatchRhythm } from './alert-watch.js';

/** What alerts are noticed in, kept in, and told by. */
export interface AlertsParts extends Pick<StreamsParts<AlertItem>, 'access' | 'metrics' | 'limits'> {
  readonly operational: Kysely<OperationalDatabase>;
  readonly whoSees: { readonly sights: Pick<CallersSight, 'of'>; readonly whole: IndexReader };
  /** The newest block of the index that is told of. */
  readonly head: () => number;
  readonly parties: Pick<PartyReader, 'party'>;
  /** In the gateway's own thread unless told otherwise. */
  readonly finder: AlertFinder | undefined;
  readonly rhythm: WatchRhythm | undefined;
  readonly log: Logger;
}

/** The parts of a gateway that have to do with alerts; nothing runs yet. */
export interface AssembledAlerts {
  readonly alertDesk: AlertDesk;
  readonly alertStreams: FeedStreams<AlertItem>;
  readonly alertWatch: AlertWatch;
}

/** Wires the parts: what the watch notices goes into the book, and from there to desks and streams. */
export async function assembleAlerts(parts: AlertsParts): Promise<AssembledAlerts> {
  const { operational, whoSees, head, parties, access, metrics, limits, log } = parts;
  const { whole, sights } = whoSees;
  const store = new AlertStore(operational);
  const source = new AlertSource(store);
  const alertStreams = new FeedStreams({
    name: 'alerts',
    source,
    cursors: bookCursors((await store.bookmark()).book),
    head: () => source.newest(),
    view: (caller) => viewAt(head(), caller, whoSees),
    access,
    metrics,
    limits,
    log,
  });
  store.onStep((number) => {
    source.reached(number);
    alertStreams.announce(number);
  });
  const finder = parts.finder ?? alertFinder(whole);
  const alertWatch = new AlertWatch({ whole, finder, store, rhythm: parts.rhythm ?? usualRhythm, log });
  return { alertDesk: new AlertDesk({ store, sights, parties }), alertStreams, alertWatch };
}
