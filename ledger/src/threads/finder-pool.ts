import { ThreadPool } from './thread-pool.js';
import type { Consenter } from '../proto/index.js';

/** Threads that find out about blocks, and know whose signatures on them are worth checking. They begin with the first question. */
export class FinderPool<Question, Answer> {
  readonly #module: URL;
  readonly #threads: number;
  readonly #data: unknown;
  #pool: ThreadPool<readonly Consenter[], Question, Answer> | undefined;
  #consenters: readonly Consenter[] = [];
  /** What `#consenters` was copied from: a configuration in force is the same object from block to block. */
  #given: readonly Consenter[] | undefined;

  /** @param module calls `answerQuestions`, and hears consenters; `workerData` is what it finds under this name. */
  constructor(module: URL, threads: number, workerData?: unknown) {
    this.#module = module;
    this.#threads = threads;
    this.#data = workerData;
  }

  /** Those of the configuration in force. */
  set consenters(consenters: readonly Consenter[]) {
    if (consenters === this.#given) return;
    this.#given = consenters;
    // Only what is needed, and copies: each identity is a view of a whole block.
    this.#consenters = consenters.map((one) => ({ ...one, identity: Uint8Array.from(one.identity) }));
    this.#pool?.tell(this.#consenters);
  }

  /**
   * The answer of the thread that has the least to do; undefined where it fails, and somebody has to find out by himself.
   *
   * @param memory buffers that go over to the thread instead of being copied.
   */
  ask(question: Question, memory: readonly ArrayBuffer[] = []): Promise<Answer | undefined> {
    return this.#started().ask(question, memory);
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }

  #started(): ThreadPool<readonly Consenter[], Question, Answer> {
    if (this.#pool !== undefined) return this.#pool;
    this.#pool = new ThreadPool(this.#module, this.#threads, this.#data);
    this.#pool.tell(this.#consenters);
    return this.#pool;
  }
}
