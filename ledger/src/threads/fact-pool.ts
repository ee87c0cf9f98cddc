import { encodeBlockRecord } from '../block/index.js';
import { FinderPool } from './finder-pool.js';
import type { RawBlock } from '../block/index.js';
import type { BlockFacts, FactsWanted } from '../chain/index.js';
import type { Consenter } from '../proto/index.js';

/** What its threads are asked: blocks, each as `encodeBlockRecord` writes it. */
export type RecordedBlocks = readonly Uint8Array[];

/** Finds out about blocks in other threads, so that whoever judges them one after another has less to do. */
export class FactPool {
  readonly #pool: FinderPool<RecordedBlocks, readonly BlockFacts[]>;

  /** The threads begin with the first block. */
  constructor(threads: number, wanted: FactsWanted) {
    this.#pool = new FinderPool(new URL('./fact-worker.js', import.meta.url), threads, wanted);
  }

  /** Whose signatures on blocks are worth checking: those of the configuration in force. */
  set consenters(consenters: readonly Consenter[]) {
    this.#pool.consenters = consenters;
  }

  /** The facts of each block; undefined where the threads fail, and somebody has to find out by himself. */
  factsOf(blocks: readonly RawBlock[]): Promise<readonly BlockFacts[] | undefined> {
    const records = blocks.map(encodeBlockRecord);
    return this.#pool.ask(
      records,
      records.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
