import { Worker } from 'node:worker_threads';

/** What goes to a thread: something to remember, or something to answer. */
export type Message<Notice, Question> = { readonly notice: Notice } | { readonly question: Question };

/** What comes from it: once that its program is loaded, and then answers. */
export type Reply<Answer> = { readonly isReady: true } | { readonly answer: Answer };

/**
 * Threads that answer questions side by side, each one its own in their order. Nobody depends on them: where a thread fails,
 * its questions are answered by `undefined`, and whoever asked does the work himself.
 */
export class ThreadPool<Notice, Question, Answer> {
  readonly #threads: readonly Thread<Message<Notice, Question>, Answer>[];

  /**
   * @param module calls `answerQuestions`; it is loaded in each of the threads.
   * @param workerData what the module finds under this name.
   */
  constructor(module: URL, threads: number, workerData?: unknown) {
    this.#threads = Array.from({ length: threads }, () => new Thread(new Worker(module, { workerData })));
  }

  /** How many threads have loaded their program, and not failed since. Others can be asked, too, and answer later. */
  get ready(): number {
    return this.#threads.filter(({ isReady }) => isReady).length;
  }

  /** Told to every thread before the questions that follow. */
  tell(notice: Notice): void {
    for (const thread of this.#threads) thread.post({ notice }, []);
  }

  /**
   * Asks the thread that has the least to do.
   *
   * @param memory buffers that go over to the thread instead of being copied; they are empty here from then on.
   */
  ask(question: Question, memory: readonly ArrayBuffer[] = []): Promise<Answer | undefined> {
    const [thread] = this.#threads.toSorted((a, b) => a.load - b.load);
    return thread?.ask({ question }, memory) ?? Promise.resolve(undefined);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}

class Thread<Sent, Answer> {
  readonly #worker: Worker;
  isReady = false;
  /** Who waits for an answer, in the order of the questions; undefined once the thread has ended. */
  #waiting: ((answer: Answer | undefined) => void)[] | undefined = [];

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: Reply<Answer>) => {
      if ('answer' in reply) this.#waiting?.shift()?.(reply.answer);
      else this.isReady = true;
    });
    worker.on('error', () => undefined); // after which it exits
    worker.on('exit', () => {
      for (const resolve of this.#waiting ?? []) resolve(undefined);
      this.#waiting = undefined;
      this.isReady = false;
    });
  }

  /** Questions that are not answered; without bounds where nobody answers any more. */
  get load(): number {
    return this.#waiting?.length ?? Infinity;
  }

  ask(message: Sent, memory: readonly ArrayBuffer[]): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      if (this.#waiting === undefined) {
        resolve(undefined);
        return;
      }
      this.#waiting.push(resolve);
      this.post(message, memory);
    });
  }

  post(message: Sent, memory: readonly ArrayBuffer[]): void {
    this.#worker.postMessage(message, [...memory]);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
