import { VECTOR_BYTES } from '../field/kernel.js';
import { Field } from '../field/field.js';
import type { Vectors } from '../field/vectors.js';

/** Addresses of the coordinates of points: vectors of x, and as many of y. */
export interface Points {
  readonly x: number;
  readonly y: number;
}

/** The points from the `index`-th vector on. */
export function from({ x, y }: Points, index: number): Points {
  return { x: x + index * VECTOR_BYTES, y: y + index * VECTOR_BYTES };
}

/** Adds points of P-256 in affine coordinates, many at a time, so that they share an inversion. */
export class PointAdder {
  readonly field: Field;
  readonly #vectors: Vectors;
  readonly #slope: number;
  readonly #term: number;
  readonly #scratch: number;

  /** @param capacity vectors of points that can be added at a time. */
  constructor(vectors: Vectors, capacity: number) {
    this.#vectors = vectors;
    this.field = Field.ofCoordinates(vectors);
    this.#slope = vectors.takeVectors(capacity);
    this.#term = vectors.takeVectors(capacity);
    this.#scratch = vectors.takeVectors(capacity);
  }

  static bytes(capacity: number): number {
    return Field.BYTES + 3 * capacity * VECTOR_BYTES;
  }

  /**
   * Puts p + q in the place of q.
   *
   * @returns which lanes are worthless because they have a pair of equal or opposite points, as bits.
   */
  add(p: Points, q: Points, count: number): number {
    const { multiply, subtract } = this;
    const [slope, term, scratch] = [this.#slope, this.#term, this.#scratch];
    subtract(term, q.x, p.x, count);
    const worthless = this.field.invertEach(slope, term, count, scratch);
    subtract(term, q.y, p.y, count);
    multiply(slope, slope, term, count);
    this.field.square(term, slope, count);
    subtract(term, term, p.x, count);
    subtract(q.x, term, q.x, count);
    subtract(term, p.x, q.x, count);
    multiply(term, term, slope, count);
    subtract(q.y, term, p.y, count);
    return worthless;
  }

  /**
   * Adds up `count` points, each of them `width` vectors, until one is left, and says where that is.
   */
  sum(points: Points, count: number, width: number): { sum: Points; worthless: number } {
    let [rest, left, worthless] = [points, count, 0];
    while (left > 1) {
      const half = Math.floor(left / 2);
      const second = from(rest, half * width);
      worthless |= this.add(rest, second, half * width);
      [rest, left] = [second, left - half];
    }
    return { sum: rest, worthless };
  }

  readonly multiply = (out: number, a: number, b: number, count: number): void => {
    this.field.multiply(out, a, b, count);
  };

  readonly subtract = (out: number, a: number, b: number, count: number): void => {
    this.#vectors.kernel.subtractP(out, a, b, count, VECTOR_BYTES);
  };
}
