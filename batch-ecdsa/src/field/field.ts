import { range } from '../at.js';
import { LANES, VECTOR_BYTES } from './kernel.js';
import { N, P, R, toLimbs } from './limbs.js';
import type { Vectors } from './vectors.js';

const WINDOW_BITS = 4;

/** What a field's inversions are made of: addresses, a count of vectors, and how far it is from one to the next. */
interface Operations {
  readonly multiply: (out: number, a: number, b: number, count: number, step: number) => void;
  readonly square: (out: number, a: number, count: number, step: number) => void;
}

/**
 * Arithmetic by a prime on vectors of numbers in Montgomery's form: x stands as xR. Methods take addresses of vectors, and how
 * many there are; where nothing else is said, a result may take the place of an operand.
 */
export class Field {
  /** Bytes of vectors that it takes. */
  static readonly BYTES = (2 ** WINDOW_BITS + 2) * VECTOR_BYTES;
  /** The number 1 in Montgomery's form. */
  readonly one: number;
  /** The number 1 as it is. */
  readonly #plainOne: number;
  readonly #vectors: Vectors;
  readonly #operations: Operations;
  readonly #modulus: readonly number[];
  /** p - 2 in hexadecimal digits, and place for the powers that each of them stands for. */
  readonly #exponent: readonly number[];
  readonly #powers: number;

  private constructor(vectors: Vectors, modulus: bigint, operations: Operations) {
    this.#vectors = vectors;
    this.#operations = operations;
    this.#modulus = toLimbs(modulus);
    this.#exponent = Array.from((modulus - 2n).toString(16), (digit) => parseInt(digit, 16));
    this.#powers = vectors.takeVectors(2 ** WINDOW_BITS);
    this.#plainOne = vectors.constant(toLimbs(1n));
    this.one = vectors.constant(toLimbs(R % modulus));
  }

  /** The coordinates' field. */
  static ofCoordinates(vectors: Vectors): Field {
    const { multiplyP, squareP } = vectors.kernel;
    return new Field(vectors, P, { multiply: multiplyP, square: squareP });
  }

  /** The field of the group's order. */
  static ofScalars(vectors: Vectors): Field {
    const { multiplyN } = vectors.kernel;
    const square = (out: number, a: number, count: number, step: number): void => {
      multiplyN(out, a, a, count, step);
    };
    return new Field(vectors, N, { multiply: multiplyN, square });
  }

  multiply(out: number, a: number, b: number, count: number): void {
    this.#operations.multiply(out, a, b, count, VECTOR_BYTES);
  }

  /** Leads out of Montgomery's form: the results are at most p, and p only where they stand for 0. */
  plain(out: number, a: number, count: number): void {
    for (let at = 0; at < count * VECTOR_BYTES; at += VECTOR_BYTES) {
      this.#operations.multiply(out + at, a + at, this.#plainOne, 1, 0);
    }
  }

  square(out: number, a: number, count: number): void {
    this.#operations.square(out, a, count, VECTOR_BYTES);
  }

  /**
   * The inverse of each, by Montgomery's trick: one inversion, and three multiplications for each vector.
   *
   * @param scratch for as many vectors; neither it nor `out` may be `a`.
   * @returns which lanes are worthless because a number in them is 0, as bits.
   */
  invertEach(out: number, a: number, count: number, scratch: number): number {
    const step = VECTOR_BYTES;
    const last = (count - 1) * step;
    this.#vectors.copy(scratch, a, 1);
    if (count > 1) this.#operations.multiply(scratch + step, scratch, a + step, count - 1, step);
    this.#invert(out + last, scratch + last);
    const worthless = this.#zeros(out + last);
    if (count > 1) {
      this.#operations.multiply(out + last - step, out + last, a + last, count - 1, -step);
      this.#operations.multiply(out + step, out + step, scratch, count - 1, step);
    }
    return worthless;
  }

  /** By Fermat: the power of p - 2, four bits of the exponent at a time. */
  #invert(out: number, a: number): void {
    const { multiply, square } = this.#operations;
    const power = (digit: number): number => this.#powers + digit * VECTOR_BYTES;
    this.#vectors.copy(power(0), this.one, 1);
    this.#vectors.copy(power(1), a, 1);
    multiply(power(2), power(1), power(1), 1, 0);
    for (const digit of range(2 ** WINDOW_BITS - 3, 3)) multiply(power(digit), power(digit - 1), a, 1, 0);
    this.#vectors.copy(out, this.one, 1);
    for (const digit of this.#exponent) {
      square(out, out, WINDOW_BITS, 0);
      if (digit > 0) multiply(out, out, power(digit), 1, 0);
    }
  }

  /** In which lanes of a vector there is 0. */
  #zeros(a: number): number {
    const plain = this.#powers;
    this.plain(plain, a, 1);
    return range(LANES).reduce((lanes, lane) => {
      const limbs = this.#vectors.read(plain, lane);
      const isZero = limbs.every((limb) => limb === 0) || limbs.every((limb, i) => limb === this.#modulus[i]);
      return isZero ? lanes | (1 << lane) : lanes;
    }, 0);
  }
}
