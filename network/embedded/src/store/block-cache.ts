/** Memory that recent blocks may take. Streams of events and the index read the newest blocks again and again. */
const MAX_BYTES = 32 * 1024 * 1024;

/** The blocks read or written last, as common.Block bytes, within a bound of memory. */
export class BlockCache {
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get(number: number): Uint8Array | undefined {
    const block = this.#blocks.get(number);
    if (block === undefined) return undefined;
    // A Map keeps insertion order: putting it back makes it the newest.
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    return block;
  }

  /** Adds a block that is not in the cache, and drops the ones unused for longest. */
  add(number: number, block: Uint8Array): void {
    this.#blocks.set(number, block);
    this.#bytes += block.length;
    for (const [oldest, bytes] of this.#blocks) {
      if (this.#bytes <= this.#maxBytes || oldest === number) return;
      this.#blocks.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}
