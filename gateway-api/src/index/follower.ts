import { setTimeout as sleep } from 'node:timers/promises';

import type { BlockSource } from '../fabric/ports.js';
import { reasonOf } from '../files/disk-full.js';
import type { Logger } from '../log.js';
import { inBatches } from './block-batches.js';
import type { IndexedBlock } from './indexed-block.js';
import type { Indexer } from './indexer.js';
import { BlockRefused } from './verified-block.js';

/** How the following goes; part of `ledgerStatus` and of readiness. */
export interface FollowerState {
  /** False while no blocks can be read from the peer, or none can be written to the index. */
  readonly connected: boolean;
  /** The peer's newest block when it was last asked, or a newer one that was seen since. */
  readonly newest?: number;
  /** The newest block that was indexed. */
  readonly indexed?: { readonly number: number; readonly headerHash: string };
  /** Set from the moment that a block fails a check until the peer serves a right one. */
  readonly refused?: { readonly block: number; readonly check: string; readonly message: string };
  /** Why no blocks are indexed. */
  readonly trouble?: string;
  /** Why no block is indexed any more, whatever the peer serves. */
  readonly halted?: string;
}

/** A block that was not indexed, as the peer served it. */
export interface RefusedBlock {
  readonly block: number;
  readonly check: string;
  readonly message: string;
  readonly bytes: Uint8Array;
}

/** Pauses between attempts to read blocks, in milliseconds; doubles from the first to the most. */
export interface FollowerPace {
  readonly first: number;
  readonly most: number;
}

/**
 * Feeds the indexer from the peer's blocks for as long as the gateway runs, many at once while it has to catch up: reconnects with growing pauses, tells
 * listeners of each indexed block, and stands still at a block that fails a check (the peer may serve a right one later).
 */
export class Follower {
  readonly #source: BlockSource;
  readonly #indexer: Indexer;
  readonly #log: Logger;
  readonly #pace: FollowerPace;
  readonly #listeners: ((block: IndexedBlock) => void)[] = [];
  readonly #refusalListeners: ((block: RefusedBlock) => void)[] = [];
  /** Aborted when following ends for good: by a stop, or by a halt. */
  readonly #stopping = new AbortController();
  readonly #caughtUp = Promise.withResolvers<undefined>();
  #state: FollowerState = { connected: false };
  #running: Promise<void> = Promise.resolve();

  constructor(
    source: BlockSource,
    indexer: Indexer,
    log: Logger,
    pace: FollowerPace = { first: 100, most: 5_000 },
  ) {
    this.#source = source;
    this.#indexer = indexer;
    this.#log = log;
    this.#pace = pace;
  }

  get state(): FollowerState {
    return this.#state;
  }

  /** Resolves once the index has reached the block that was the peer's newest when it was asked. */
  get caughtUp(): Promise<unknown> {
    return this.#caughtUp.promise;
  }

  /** Calls the listener after each block's rows are committed. */
  onBlock(listener: (block: IndexedBlock) => void): void {
    this.#listeners.push(listener);
  }

  /** Calls the listener for each block that fails a check, again each time that the peer serves it. */
  onRefused(listener: (block: RefusedBlock) => void): void {
    this.#refusalListeners.push(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends following for good, after the blocks at hand: what was indexed stands, and nothing is added. */
  halt(reason: string): void {
    if (this.#stopped()) return;
    this.#state = { ...this.#state, connected: false, halted: reason };
    this.#log.error({ reason }, 'no more blocks are indexed');
    this.#stopping.abort();
    this.#caughtUp.resolve(undefined);
  }

  /** Stops after the blocks at hand. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#indexer.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let pause = this.#pace.first;
    while (!this.#stopped()) {
      const before = this.#state.indexed?.number;
      try {
        await this.#follow(signal);
        this.#trouble('the peer ended the stream of blocks');
      } catch (error) {
        if (error instanceof BlockRefused) this.#refuse(error);
        else this.#trouble(reasonOf(error));
      }
      if (this.#stopped()) return;
      pause =
        this.#state.indexed?.number === before ? Math.min(pause * 2, this.#pace.most) : this.#pace.first;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const newest = await this.#source.newest();
    const indexed = await this.#indexer.head();
    const { refused } = this.#state;
    this.#change({ connected: true, newest, ...(indexed && { indexed }), ...(refused && { refused }) });
    const from = (indexed?.number ?? -1) + 1;
    for await (const batch of inBatches((end) => this.#source.blocks(from, end), signal)) {
      await this.#add(batch, newest);
      if (signal.aborted) return;
    }
  }

  async #add(batch: readonly Uint8Array[], newest: number): Promise<void> {
    const { indexed, refused, failed } = await this.#indexer.addAll(batch);
    for (const block of indexed) {
      const { number, headerHash } = block;
      this.#change({ connected: true, newest: Math.max(newest, number), indexed: { number, headerHash } });
      for (const listener of this.#listeners) listener(block);
    }
    if (failed) throw failed;
    if (refused === undefined) return;
    const { block, check, message } = refused;
    const bytes = batch[indexed.length] ?? new Uint8Array();
    for (const listener of this.#refusalListeners) listener({ block, check, message, bytes });
    throw refused;
  }

  #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #change(state: FollowerState): void {
    const { halted } = this.#state;
    this.#state = halted === undefined ? state : { ...state, connected: false, halted };
    if (state.indexed !== undefined && state.indexed.number >= (state.newest ?? Infinity))
      this.#caughtUp.resolve(undefined);
  }

  #trouble(trouble: string): void {
    if (this.#stopping.signal.aborted) return;
    this.#state = { ...this.#state, connected: false, trouble };
    this.#log.warn({ trouble }, 'no blocks are indexed');
  }

  #refuse({ block, check, message }: BlockRefused): void {
    this.#state = { ...this.#state, refused: { block, check, message } };
    this.#log.error({ block, check, reason: message }, 'a block fails a check and is not indexed');
  }
}
