import { encodeBlockRecord } from '../block/index.js';
import { ThreadPool } from './thread-pool.js';
import type { RawBlock } from '../block/index.js';
import type { BlockFacts, FactsWanted } from '../chain/index.js';
import type { Consenter } from '../proto/index.js';

/** What its threads are asked: blocks, each as `encodeBlockRecord` writes it. */
export type RecordedBlocks = readonly Uint8Array[];

/** Finds out about blocks in other threads, so that whoever judges them one after another has less to do. */
export class FactPool {
  readonly #threads: number;
  readonly #wanted: FactsWanted;
  #pool: ThreadPool<readonly Consenter[], RecordedBlocks, readonly BlockFacts[]> | undefined;
  #consenters: readonly Consenter[] = [];
  /** What `#consenters` was copied from: a configuration in force is the same object from block to block. */
  #given: readonly Consenter[] | undefined;

  /** The threads begin with the first block. */
  constructor(threads: number, wanted: FactsWanted) {
    this.#threads = threads;
    this.#wanted = wanted;
  }

  /** Whose signatures on blocks are worth checking: those of the configuration in force. */
  set consenters(consenters: readonly Consenter[]) {
    if (consenters === this.#given) return;
    this.#given = consenters;
    // Only what is needed, and copies: each identity is a view of a whole block.
    this.#consenters = consenters.map((one) => ({ ...one, identity: Uint8Array.from(one.identity) }));
    this.#pool?.tell(this.#consenters);
  }

  /** The facts of each block; undefined where the threads fail, and somebody has to find out by himself. */
  factsOf(blocks: readonly RawBlock[]): Promise<readonly BlockFacts[] | undefined> {
    const records = blocks.map(encodeBlockRecord);
    return this.#started().ask(
      records,
      records.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }

  #started(): ThreadPool<readonly Consenter[], RecordedBlocks, readonly BlockFacts[]> {
    if (this.#pool !== undefined) return this.#pool;
    const module = new URL('./fact-worker.js', import.meta.url);
    this.#pool = new ThreadPool(module, this.#threads, this.#wanted);
    this.#pool.tell(this.#consenters);
    return this.#pool;
  }
}
