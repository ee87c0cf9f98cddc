import { range } from '../at.js';
import { LANES, startKernel, VECTOR_BYTES } from './kernel.js';
import { LIMBS, newLimbs } from './limbs.js';
import type { Kernel } from './kernel.js';
import type { Limbs } from './limbs.js';

/** Bytes that a processor fetches together: points in tables begin with them. */
const LINE_BYTES = 64;
const SLACK_BYTES = 65536;

/** The kernel and its memory, which is given out piece by piece and never taken back. */
export class Vectors {
  readonly kernel: Kernel;
  readonly words: Uint32Array;
  #used = 0;

  /** @param bytes for all that will be taken, but for what is lost between the pieces. */
  constructor(bytes: number) {
    this.kernel = startKernel(bytes + SLACK_BYTES);
    this.words = new Uint32Array(this.kernel.memory.buffer);
  }

  /** Address of so many bytes, which are 0. */
  take(bytes: number): number {
    const address = this.#used;
    this.#used += Math.ceil(bytes / LINE_BYTES) * LINE_BYTES;
    if (this.#used > this.words.byteLength) throw new RangeError(`no ${String(bytes)} bytes left`);
    return address;
  }

  /** Address of so many vectors. */
  takeVectors(count: number): number {
    return this.take(count * VECTOR_BYTES);
  }

  /** A vector with the same number in every lane. */
  constant(limbs: readonly number[]): number {
    const address = this.takeVectors(1);
    for (const lane of range(LANES)) this.write(address, lane, limbs);
    return address;
  }

  /** Writes the number with index `index` of the vectors from `address` on, four to each. */
  write(address: number, index: number, limbs: ArrayLike<number>): void {
    const { words } = this;
    const from = firstWord(address, index);
    for (let i = 0; i < LIMBS; i++) words[from + LANES * i] = limbs[i] ?? 0;
  }

  /** Reads a number into `limbs`. */
  read(address: number, index: number, limbs: Limbs = newLimbs()): Limbs {
    const { words } = this;
    const from = firstWord(address, index);
    for (let i = 0; i < LIMBS; i++) limbs[i] = words[from + LANES * i] ?? 0;
    return limbs;
  }

  /** Whether the numbers with an index are the same, limb by limb. */
  equal(a: number, b: number, index: number): boolean {
    const { words } = this;
    const [ofA, ofB] = [firstWord(a, index), firstWord(b, index)];
    let different = 0;
    for (let i = 0; i < LIMBS; i++)
      different |= (words[ofA + LANES * i] ?? 0) ^ (words[ofB + LANES * i] ?? 0);
    return different === 0;
  }

  copy(to: number, from: number, count: number): void {
    this.words.copyWithin(to / 4, from / 4, (from + count * VECTOR_BYTES) / 4);
  }
}

function firstWord(address: number, index: number): number {
  return (address + (index >> 2) * VECTOR_BYTES) / 4 + (index & 3);
}
