import { gatewayError } from '../errors.js';

/** The longest that a request waits for a block, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Lets requests wait until the index holds a block, so that a caller reads what another gateway has acknowledged. */
export class BlockWait {
  readonly #head: () => Promise<number>;
  readonly #patience: number;
  readonly #waiting = new Map<() => void, number>();

  /** `head` reads the newest indexed block, -1 before the first. */
  constructor(head: () => Promise<number>, patience = PATIENCE_MS) {
    this.#head = head;
    this.#patience = patience;
  }

  /** Called for every block once its rows are committed. */
  announce(block: number): void {
    for (const [go, wanted] of this.#waiting) if (wanted <= block) go();
  }

  /** Returns once the index holds the block, or the caller has gone. Throws `BLOCK_NOT_REACHED`. */
  async until(block: number, gone?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const go = (): void => {
      resolve(undefined);
    };
    const timer = setTimeout(go, this.#patience);
    gone?.addEventListener('abort', go, { once: true });
    this.#waiting.set(go, block);
    try {
      if ((await this.#head()) >= block) return;
      await promise;
    } finally {
      clearTimeout(timer);
      gone?.removeEventListener('abort', go);
      this.#waiting.delete(go);
    }
    if (gone?.aborted === true) return;
    const indexedBlock = await this.#head();
    if (indexedBlock < block) throw this.#late(block, indexedBlock);
  }

  #late(block: number, indexedBlock: number): Error {
    const waited = `${String(this.#patience)} ms`;
    const message = `after ${waited} the index stands at block ${String(indexedBlock)}, and ${String(block)} is asked for`;
    return gatewayError('BLOCK_NOT_REACHED', message, {
      retryable: true,
      details: { afterBlock: block, indexedBlock },
      status: 503,
    });
  }
}
