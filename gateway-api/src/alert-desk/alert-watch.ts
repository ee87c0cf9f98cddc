import { setTimeout as sleep } from 'node:timers/promises';

import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { IndexReader } from '../index/reader.js';
import type { AlertFinder } from './alert-finder.js';
import type { AlertStore } from './alert-store.js';

/** How the watch shares the machine. */
export interface WatchRhythm {
  /** After each look it rests so many times as long as the look took. */
  readonly rest: number;
  /** Milliseconds between two rounds over all consignments. */
  readonly round: number;
}

/** A tenth of the time at most, and every consignment about every ten minutes where there are not too many. */
export const usualRhythm: WatchRhythm = { rest: 9, round: 600_000 };

/** Blocks that are looked through at once, and how many may be caught up with so; beyond, every consignment is looked at. */
const STRETCH = 20;
const MOST_BEHIND = 2_000;

/** How long it waits after a failure. */
const PAUSE_MS = 5_000;

/** Consignments that are asked for at once on a round. */
const ROUND_PAGE = 50;

/** What the watch stands on. */
export interface WatchParts {
  readonly whole: Pick<IndexReader, 'chain' | 'journeys'>;
  readonly finder: AlertFinder;
  readonly store: AlertStore;
  readonly rhythm: WatchRhythm;
  readonly log: Logger;
}

/**
 * Looks at consignments for alerts: at those that new blocks have to do with, and in rounds at all of them, for some alerts follow
 * from time alone (a gap, a silence). It works beside the gateway, behind the index, and remembers in the operational database how
 * far it has come, so that nothing is left out when it stops.
 */
export class AlertWatch {
  readonly #parts: WatchParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #wake: () => void = () => undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** The index has another block. */
  announce(): void {
    this.#wake();
  }

  /** The block up to which consignments were looked at. */
  async lookedAt(): Promise<number> {
    return (await this.#parts.store.bookmark()).block;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    // A thread that is in the middle of a long journey is not waited for.
    await this.#parts.finder.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { store, rhythm } = this.#parts;
    let rounded = 0;
    while (!this.#isStopping) {
      try {
        const { block } = await store.bookmark();
        const head = await this.#head();
        if (head - block > MOST_BEHIND || Date.now() - rounded > rhythm.round) {
          await this.#round();
          rounded = Date.now();
          if (head - block > MOST_BEHIND) await store.lookedAt(head);
        } else if (block < head) await this.#stretch(block + 1, Math.min(head, block + STRETCH));
        else await this.#wokenOr(rounded + rhythm.round - Date.now());
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  /** Says why consignments cannot be looked at, unless that is because it stops, and waits a while. */
  async #failed(error: unknown): Promise<void> {
    if (this.#isStopping) return;
    this.#parts.log.error({ reason: messageOf(error) }, 'consignments cannot be looked at for alerts');
    await this.#wokenOr(PAUSE_MS);
  }

  /** The consignments that a stretch of blocks has to do with. */
  async #stretch(from: number, to: number): Promise<void> {
    const { finder, store } = this.#parts;
    for (const ucr of await finder.touched(from, to)) await this.#look(ucr);
    if (!this.#isStopping) await store.lookedAt(to);
  }

  /** All consignments, one after the other; new blocks come in between. */
  async #round(): Promise<void> {
    const { whole, store } = this.#parts;
    for (let last = '', more = true; more && !this.#isStopping;) {
      const ucrs = await whole.journeys.after(last, ROUND_PAGE);
      for (const ucr of ucrs) {
        await this.#look(ucr);
        const { block } = await store.bookmark();
        const head = await this.#head();
        if (block < head && head - block <= MOST_BEHIND)
          await this.#stretch(block + 1, Math.min(head, block + STRETCH));
      }
      last = ucrs.at(-1) ?? last;
      more = ucrs.length === ROUND_PAGE;
    }
  }

  async #look(ucr: string): Promise<void> {
    if (this.#isStopping) return;
    const { finder, store, rhythm } = this.#parts;
    const start = performance.now();
    await store.notice(ucr, await finder.noticed(ucr));
    const took = performance.now() - start;
    await sleep(took * rhythm.rest, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  async #head(): Promise<number> {
    return (await this.#parts.whole.chain.head())?.number ?? -1;
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #wokenOr(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((wake) => {
      this.#wake = wake;
      timer = setTimeout(wake, Math.max(0, milliseconds)).unref();
    });
    clearTimeout(timer);
  }
}
