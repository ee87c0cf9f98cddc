import { at, range } from '../at.js';
import { LANES, startKernel, VECTOR_BYTES } from './kernel.js';
import { LIMBS } from './limbs.js';
import type { Kernel } from './kernel.js';

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
    const from = firstWord(address, index);
    for (let i = 0; i < LIMBS; i++) this.words[from + LANES * i] = at(limbs, i);
  }

  /** Reads a number into `limbs`. */
  read(address: number, index: number, limbs: number[] = []): number[] {
    const from = firstWord(address, index);
    for (let i = 0; i < LIMBS; i++) limbs[i] = at(this.words, from + LANES * i);
    return limbs;
  }

  /** Whether a number is the one with these limbs. */
  equal(address: number, index: number, limbs: readonly number[]): boolean {
    const from = firstWord(address, index);
    return limbs.every((limb, i) => limb === this.words[from + LANES * i]);
  }

  copy(to: number, from: number, count: number): void {
    this.words.copyWithin(to / 4, from / 4, (from + count * VECTOR_BYTES) / 4);
  }
}

function firstWord(address: number, index: number): number {
  return (address + (index >> 2) * VECTOR_BYTES) / 4 + (index & 3);
}
