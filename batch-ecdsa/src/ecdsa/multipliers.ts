import { Field } from '../field/field.js';
import { newLimbs, toLimbs } from '../field/limbs.js';
import { LANES, VECTOR_BYTES } from '../field/kernel.js';
import { isScalar } from './scalar.js';
import type { Limbs } from '../field/limbs.js';
import type { Vectors } from '../field/vectors.js';
import type { Scalars } from './encoding.js';

/** What u1 and u2 are computed of. */
export interface Multiplied extends Scalars {
  /** The message's hash. */
  readonly hash: Limbs;
}

/** u1 = hash/s and u2 = r/s modulo n (FIPS 186-5, section 6.4.2), for many signatures at once. */
export class Multipliers {
  readonly #vectors: Vectors;
  readonly #field: Field;
  readonly #hash: number;
  readonly #r: number;
  readonly #s: number;
  readonly #inverse: number;
  readonly #scratch: number;
  readonly #limbs = newLimbs();

  /** @param capacity vectors of signatures. */
  constructor(vectors: Vectors, capacity: number) {
    this.#vectors = vectors;
    this.#field = Field.ofScalars(vectors);
    this.#hash = vectors.takeVectors(capacity);
    this.#r = vectors.takeVectors(capacity);
    this.#s = vectors.takeVectors(capacity);
    this.#inverse = vectors.takeVectors(capacity);
    this.#scratch = vectors.takeVectors(capacity);
  }

  static bytes(capacity: number): number {
    return Field.BYTES + 5 * capacity * VECTOR_BYTES;
  }

  /** Takes in what belongs to the signature with an index. */
  put(index: number, { hash, r, s }: Multiplied): void {
    this.#vectors.write(this.#hash, index, hash);
    this.#vectors.write(this.#r, index, r);
    this.#vectors.write(this.#s, index, s);
  }

  /**
   * Computes u1 and u2 of as many signatures as have been put in.
   *
   * @returns in how many lanes they stand: those that nothing is left for repeat the first one's work.
   */
  compute(count: number): number {
    const width = Math.ceil(count / LANES);
    const lanes = width * LANES;
    for (let lane = count; lane < lanes; lane++) {
      for (const address of [this.#hash, this.#r, this.#s])
        this.#vectors.write(address, lane, this.#vectors.read(address, 0, this.#limbs));
    }
    const field = this.#field;
    // Taken for a number in Montgomery's form, s is s/R: its inverse is R/s, which in that form is R²/s.
    field.invertEach(this.#inverse, this.#s, width, this.#scratch);
    // Leaves u1 where the hashes were, and u2 where r was.
    for (const factor of [this.#hash, this.#r]) {
      field.multiply(factor, factor, this.#inverse, width);
      field.plain(factor, factor, width);
    }
    return lanes;
  }

  /** Gives u1 and u2 of a lane, and says whether they are that: where one of them is 0, both are said to be 1. */
  read(lane: number, u1: Limbs, u2: Limbs): boolean {
    this.#vectors.read(this.#hash, lane, u1);
    this.#vectors.read(this.#r, lane, u2);
    const isUsual = isScalar(u1) && isScalar(u2);
    if (!isUsual) for (const limbs of [u1, u2]) limbs.set(ONE);
    return isUsual;
  }
}

const ONE = toLimbs(1n);
