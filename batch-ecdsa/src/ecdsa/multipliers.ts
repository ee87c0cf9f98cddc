import { Field } from '../field/field.js';
import { toLimbs } from '../field/limbs.js';
import { VECTOR_BYTES } from '../field/kernel.js';
import { isScalar } from './scalar.js';
import type { Vectors } from '../field/vectors.js';
import type { Scalars } from './encoding.js';

/** What u1 and u2 are computed of. */
export interface Multiplied extends Scalars {
  /** The message's hash, as limbs. */
  readonly hash: readonly number[];
}

const ONE = toLimbs(1n);

/** u1 = hash/s and u2 = r/s modulo n (FIPS 186-5, section 6.4.2), for many signatures at once. */
export class Multipliers {
  readonly #vectors: Vectors;
  readonly #field: Field;
  readonly #hash: number;
  readonly #r: number;
  readonly #s: number;
  readonly #inverse: number;
  readonly #scratch: number;

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

  /**
   * Calls `use` with u1 and u2 of each signature, which hold until it returns, and says for which they are that: where one of
   * them is 0, both are said to be 1.
   *
   * @param signatures as many as fill their vectors.
   */
  of(
    signatures: readonly Multiplied[],
    use: (u1: readonly number[], u2: readonly number[], index: number) => void,
  ): boolean[] {
    this.#compute(signatures);
    const [u1, u2]: [number[], number[]] = [[], []];
    return signatures.map((_, index) => {
      this.#vectors.read(this.#hash, index, u1);
      this.#vectors.read(this.#r, index, u2);
      const isUsual = isScalar(u1) && isScalar(u2);
      if (isUsual) use(u1, u2, index);
      else use(ONE, ONE, index);
      return isUsual;
    });
  }

  /** Leaves u1 where the hashes were, and u2 where r was. */
  #compute(signatures: readonly Multiplied[]): void {
    for (const [index, { hash, r, s }] of signatures.entries()) {
      this.#vectors.write(this.#hash, index, hash);
      this.#vectors.write(this.#r, index, r);
      this.#vectors.write(this.#s, index, s);
    }
    const width = signatures.length / 4;
    const field = this.#field;
    // Taken for a number in Montgomery's form, s is s/R: its inverse is R/s, which in that form is R²/s.
    field.invertEach(this.#inverse, this.#s, width, this.#scratch);
    for (const factor of [this.#hash, this.#r]) {
      field.multiply(factor, factor, this.#inverse, width);
      field.plain(factor, factor, width);
    }
  }
}
