/** How long a block waits for simulations in flight before it commits all the same. */
export const SNAPSHOT_LIMIT_MS = 1000;

/**
 * Lets many readers look at one height while blocks wait, but never for long. Without it the simulations of one proposal
 * run on several peers' behalf at different heights, and their results do not match.
 */
export class CommitGate {
  readonly #limitMs: number;
  #readers = 0;
  #writer: Promise<void> | undefined;
  #lastReaderLeft: () => void = () => undefined;

  constructor(limitMs: number = SNAPSHOT_LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** Runs `work` while nothing commits. Readers that come while a block waits are let in behind it. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    while (this.#writer !== undefined) await this.#writer;
    this.#readers++;
    try {
      return await work();
    } finally {
      this.#readers--;
      if (this.#readers === 0) this.#lastReaderLeft();
    }
  }

  /** Runs `change` once the readers have left or had their time. One writer at a time. */
  async write(change: () => void): Promise<void> {
    const waiting = Promise.withResolvers<undefined>();
    this.#writer = waiting.promise;
    try {
      if (this.#readers > 0) await this.#readersLeave();
      change();
    } finally {
      this.#writer = undefined;
      waiting.resolve(undefined);
    }
  }

  #readersLeave(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#limitMs);
      this.#lastReaderLeft = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
