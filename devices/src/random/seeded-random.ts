import { createHash } from 'node:crypto';

/**
 * Numbers that look random and follow from a seed alone: block *i* is SHA-256 over the seed, the stream's labels and the
 * counter *i*, each with its length in front, so that no two streams share a block. For simulations only: who knows the
 * seed knows every number.
 */
export class SeededRandom {
  readonly #seed: string;
  readonly #labels: readonly string[];
  #counter = 0;
  #block = Buffer.alloc(0);

  constructor(seed: string, labels: readonly string[] = []) {
    this.#seed = seed;
    this.#labels = labels;
  }

  /** An independent stream: what is drawn from one never moves the other. */
  stream(label: string): SeededRandom {
    return new SeededRandom(this.#seed, [...this.#labels, label]);
  }

  bytes(count: number): Buffer {
    while (this.#block.length < count) this.#block = Buffer.concat([this.#block, this.#nextBlock()]);
    const drawn = this.#block.subarray(0, count);
    this.#block = this.#block.subarray(count);
    return drawn;
  }

  /** A whole number from 0 to `below` − 1 (`below` up to 2^32), each equally likely. */
  below(below: number): number {
    const limit = 2 ** 32 - (2 ** 32 % below);
    for (;;) {
      const drawn = this.bytes(4).readUInt32BE();
      // A number of the last, incomplete round would make small remainders likelier: draw again.
      if (drawn < limit) return drawn % below;
    }
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  #nextBlock(): Buffer {
    const hash = createHash('sha256');
    for (const part of [this.#seed, ...this.#labels, String(this.#counter++)]) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(part));
      hash.update(length).update(part);
    }
    return hash.digest();
  }
}
