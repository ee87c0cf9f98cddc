import { ThreadPool } from './thread-pool.js';
import type { Consenter } from '../proto/index.js';

/** What the threads of a `FinderPool` are told: whose signatures are worth checking. */
export type FinderNotice<Key> =
  | { readonly consenters: readonly Consenter[] }
  /** To be added to those that were told before. */
  | { readonly keys: readonly Key[] };

/** Threads that find out about blocks. They begin with the first question, or when they are told to. */
export class FinderPool<Question, Answer, Key = never> {
  readonly #module: URL;
  readonly #threads: number;
  readonly #data: unknown;
  readonly #keys: Key[] = [];
  #pool: ThreadPool<FinderNotice<Key>, Question, Answer> | undefined;
  #consenters: readonly Consenter[] = [];
  /** What `#consenters` was copied from: a configuration in force is the same object from block to block. */
  #given: readonly Consenter[] | undefined;

  /** @param module calls `answerQuestions`, and hears each `FinderNotice`; `workerData` is what it finds under this name. */
  constructor(module: URL, threads: number, workerData?: unknown) {
    this.#module = module;
    this.#threads = threads;
    this.#data = workerData;
  }

  /** Has the threads load their program, so that questions need not wait for that. */
  begin(): void {
    this.#started();
  }

  /** How many threads have loaded it. */
  get ready(): number {
    return this.#pool?.ready ?? 0;
  }

  /** The orderers of the configuration in force. */
  set consenters(consenters: readonly Consenter[]) {
    if (consenters === this.#given) return;
    this.#given = consenters;
    // Only what is needed, and copies: each identity is a view of a whole block.
    this.#consenters = consenters.map((one) => ({ ...one, identity: Uint8Array.from(one.identity) }));
    this.#pool?.tell({ consenters: this.#consenters });
  }

  /** Adds keys of others than orderers. */
  know(keys: readonly Key[]): void {
    if (keys.length === 0) return;
    this.#keys.push(...keys);
    this.#pool?.tell({ keys });
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

  #started(): ThreadPool<FinderNotice<Key>, Question, Answer> {
    if (this.#pool !== undefined) return this.#pool;
    this.#pool = new ThreadPool(this.#module, this.#threads, this.#data);
    this.#pool.tell({ consenters: this.#consenters });
    this.#pool.tell({ keys: this.#keys });
    return this.#pool;
  }
}
