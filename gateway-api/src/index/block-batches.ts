/** How much may lie ready for whoever takes it. */
export interface BatchLimits {
  readonly blocks: number;
  readonly bytes: number;
  /** Bytes that are waited for before any are given, unless there are no more; whatever has come if nothing is said. */
  readonly least?: number;
}

/** Enough for a database transaction to cost little beside what is in it, and little memory. */
export const batchLimits: BatchLimits = { blocks: 64, bytes: 8 << 20 };

/**
 * Reads ahead while the taker is busy, and gives him whatever has come: one block where he keeps up, many where he has to catch
 * up. What came before the source failed is given first. A taker that leaves ends the reading.
 *
 * @param read begins to read; ends soon after its signal aborts
 */
export async function* inBatches(
  read: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  limits = batchLimits,
): AsyncGenerator<readonly Uint8Array[]> {
  const left = new AbortController();
  const ready = new Ready(limits);
  const reading = ready.fill(read(AbortSignal.any([signal, left.signal])), left.signal);
  // Told to the taker once he has what came before, and to nobody where he has left.
  reading.catch(() => undefined);
  try {
    for (let batch = await ready.take(); batch.length > 0; batch = await ready.take()) yield batch;
  } finally {
    left.abort();
    ready.close();
  }
  await reading;
}

/** Blocks that have come and are not taken, between one who reads and one who takes. */
class Ready {
  readonly #limits: BatchLimits;
  #blocks: Uint8Array[] = [];
  #bytes = 0;
  #ended = false;
  #changed = Promise.withResolvers<undefined>();

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  /** Takes in blocks for as long as there is room; rejects as the source does. */
  async fill(source: AsyncIterable<Uint8Array>, left: AbortSignal): Promise<void> {
    try {
      for await (const block of source) {
        this.#blocks.push(block);
        this.#bytes += block.length;
        this.#change();
        while (this.#isFull() && !left.aborted) await this.#changed.promise;
        if (left.aborted) return;
      }
    } finally {
      this.close();
    }
  }

  /** All that has come, and enough of it; none once there will be no more. */
  async take(): Promise<readonly Uint8Array[]> {
    while (!this.#isEnough() && !this.#ended) await this.#changed.promise;
    const taken = this.#blocks;
    this.#blocks = [];
    this.#bytes = 0;
    this.#change();
    return taken;
  }

  close(): void {
    this.#ended = true;
    this.#change();
  }

  #isEnough(): boolean {
    return this.#isFull() || (this.#blocks.length > 0 && this.#bytes >= (this.#limits.least ?? 0));
  }

  #isFull(): boolean {
    return this.#blocks.length >= this.#limits.blocks || this.#bytes >= this.#limits.bytes;
  }

  #change(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve(undefined);
  }
}
