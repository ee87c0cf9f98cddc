import { encodeBlockRecord } from '../block/index.js';
import { FinderPool } from './finder-pool.js';
import type { RawBlock } from '../block/index.js';
import type { BlockFacts, FactsWanted } from '../chain/index.js';
import type { Consenter } from '../proto/index.js';

/** What its threads are asked: blocks, each as `encodeBlockRecord` writes it. */
export type RecordedBlocks = readonly Uint8Array[];

const FACTS_OF_FABRIC = new URL('./fact-worker.js', import.meta.url);

/** Finds out about blocks in other threads, so that whoever judges them one after another has less to do. */
export class FactPool<Facts extends BlockFacts = BlockFacts, Key = never> {
  readonly #pool: FinderPool<RecordedBlocks, readonly Facts[], Key>;

  /**
   * The threads begin with the first block, or when they are told to.
   *
   * @param wanted goes to the module as `workerData`.
   * @param module of who finds out more than Fabric's facts; it answers `RecordedBlocks`, and hears each `FinderNotice`.
   */
  constructor(threads: number, wanted: FactsWanted, module = FACTS_OF_FABRIC) {
    this.#pool = new FinderPool(module, threads, wanted);
  }

  /** Has the threads load their program, so that questions need not wait for that. */
  begin(): void {
    this.#pool.begin();
  }

  /** How many threads have loaded it. */
  get ready(): number {
    return this.#pool.ready;
  }

  /** Whose signatures on blocks are worth checking: those of the configuration in force. */
  set consenters(consenters: readonly Consenter[]) {
    this.#pool.consenters = consenters;
  }

  /** Adds keys that the module is told. */
  know(keys: readonly Key[]): void {
    this.#pool.know(keys);
  }

  /** The facts of each block; undefined where the threads fail, and somebody has to find out by himself. */
  factsOf(blocks: readonly RawBlock[]): Promise<readonly Facts[] | undefined> {
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
