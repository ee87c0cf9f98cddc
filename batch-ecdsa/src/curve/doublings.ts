import { range } from '../at.js';
import { LANES, VECTOR_BYTES } from '../field/kernel.js';
import { newLimbs } from '../field/limbs.js';
import type { Field } from '../field/field.js';
import type { Vectors } from '../field/vectors.js';
import type { Points } from './points.js';

/** Doubles one point again and again, in Jacobian coordinates: x = X/Z², y = Y/Z³. */
export class Doublings {
  readonly #vectors: Vectors;
  readonly #field: Field;
  readonly #zero: number;
  /** X, Y and Z, one after another. */
  readonly #point: number;
  readonly #variables: number;
  readonly #x: number;
  readonly #y: number;
  readonly #z: number;
  readonly #inverse: number;
  readonly #scratch: number;

  /** @param capacity vectors of results. */
  constructor(vectors: Vectors, field: Field, capacity: number) {
    this.#vectors = vectors;
    this.#field = field;
    this.#zero = vectors.takeVectors(1);
    this.#point = vectors.takeVectors(3);
    this.#variables = vectors.takeVectors(4);
    this.#x = vectors.takeVectors(capacity);
    this.#y = vectors.takeVectors(capacity);
    this.#z = vectors.takeVectors(capacity);
    this.#inverse = vectors.takeVectors(capacity);
    this.#scratch = vectors.takeVectors(capacity);
  }

  static bytes(capacity: number): number {
    return (5 * capacity + 8) * VECTOR_BYTES;
  }

  /**
   * The multiples of a point by 2^0, 2^1 …, affine.
   *
   * @param x its coordinates in Montgomery's form, as limbs.
   * @param indexes where each of them is to stand: the index of its lane.
   * @returns their vectors; they hold until the next call.
   */
  of(x: readonly number[], y: readonly number[], indexes: readonly number[]): Points {
    const vectors = this.#vectors;
    const point = this.#point;
    for (const lane of range(LANES)) {
      vectors.write(point, lane, x);
      vectors.write(point + VECTOR_BYTES, lane, y);
    }
    vectors.copy(point + 2 * VECTOR_BYTES, this.#field.one, 1);
    const limbs = newLimbs();
    for (const index of indexes) {
      vectors.write(this.#x, index, vectors.read(point, 0, limbs));
      vectors.write(this.#y, index, vectors.read(point + VECTOR_BYTES, 0, limbs));
      vectors.write(this.#z, index, vectors.read(point + 2 * VECTOR_BYTES, 0, limbs));
      this.#double();
    }
    return this.#affine(indexes.length / LANES);
  }

  /** The formulas for a = -3, "dbl-2001-b" of the Explicit-Formulas Database. */
  #double(): void {
    const [x, y, z] = [0, 1, 2].map((i) => this.#point + i * VECTOR_BYTES) as [number, number, number];
    const [delta, gamma, beta, alpha] = [0, 1, 2, 3].map((i) => this.#variables + i * VECTOR_BYTES) as [
      number,
      number,
      number,
      number,
    ];
    const field = this.#field;
    field.square(delta, z, 1);
    field.square(gamma, y, 1);
    field.multiply(beta, x, gamma, 1);
    // z = 2yz, before y and z change
    field.multiply(z, y, z, 1);
    this.#add(z, z, z);
    // alpha = 3(x - delta)(x + delta)
    this.#subtract(alpha, x, delta);
    this.#add(x, x, delta);
    field.multiply(x, alpha, x, 1);
    this.#add(alpha, x, x);
    this.#add(alpha, alpha, x);
    // x = alpha² - 8 beta; beta becomes 4 beta
    this.#add(beta, beta, beta);
    this.#add(beta, beta, beta);
    field.square(x, alpha, 1);
    this.#subtract(x, x, beta);
    this.#subtract(x, x, beta);
    // y = alpha(4 beta - x) - 8 gamma²
    this.#subtract(beta, beta, x);
    field.multiply(y, alpha, beta, 1);
    field.square(gamma, gamma, 1);
    this.#add(gamma, gamma, gamma);
    this.#add(gamma, gamma, gamma);
    this.#subtract(y, y, gamma);
    this.#subtract(y, y, gamma);
  }

  #affine(count: number): Points {
    const field = this.#field;
    const [inverse, scratch] = [this.#inverse, this.#scratch];
    field.invertEach(inverse, this.#z, count, scratch);
    field.square(scratch, inverse, count);
    field.multiply(this.#x, this.#x, scratch, count);
    field.multiply(scratch, scratch, inverse, count);
    field.multiply(this.#y, this.#y, scratch, count);
    return { x: this.#x, y: this.#y };
  }

  #subtract(out: number, a: number, b: number): void {
    this.#vectors.kernel.subtractP(out, a, b, 1, 0);
  }

  #add(out: number, a: number, b: number): void {
    const negated = this.#scratch;
    this.#subtract(negated, this.#zero, b);
    this.#subtract(out, a, negated);
  }
}
