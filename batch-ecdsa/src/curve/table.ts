import { at, range } from '../at.js';
import { LANES, POINT_BYTES, VECTOR_BYTES } from '../field/kernel.js';
import { LIMBS, P, R, toLimbs } from '../field/limbs.js';
import { Doublings } from './doublings.js';
import { from } from './points.js';
import type { Vectors } from '../field/vectors.js';
import type { Windows } from './digits.js';
import type { PointAdder, Points } from './points.js';

/** A point of P-256 in affine coordinates. */
export interface AffinePoint {
  readonly x: bigint;
  readonly y: bigint;
}

/** Vectors that hold a point for every window. */
const widthOf = ({ count }: Windows): number => Math.ceil(count / LANES);

/** Bytes of a table. */
export function tableBytes(windows: Windows): number {
  return windows.count * windows.multiples * POINT_BYTES;
}

/** How far into a table (2 index + 1) · 2^(bits · window) times its point stands. */
export function entryOf(windows: Windows, window: number, index: number): number {
  return (window * windows.multiples + index) * POINT_BYTES;
}

/** Vectors of points that are needed to build a table. */
export function tableVectors(windows: Windows): number {
  return windows.multiples * widthOf(windows);
}

const doubledVectors = (all: readonly Windows[]): number =>
  Math.max(...all.map((windows) => windows.bits * widthOf(windows)));

/** Builds tables of a point's multiples: for every window the odd ones, up to 2^bits times the point of that window. */
export class TableBuilder {
  readonly #vectors: Vectors;
  readonly #adder: PointAdder;
  readonly #points: Points;
  readonly #doublings: Doublings;

  /** @param points place for `tableVectors` of them. */
  constructor(vectors: Vectors, adder: PointAdder, points: Points, largest: readonly Windows[]) {
    this.#vectors = vectors;
    this.#adder = adder;
    this.#points = points;
    this.#doublings = new Doublings(vectors, adder.field, doubledVectors(largest));
  }

  static bytes(largest: readonly Windows[]): number {
    return Doublings.bytes(doubledVectors(largest));
  }

  /** @param table address of `tableBytes`. */
  build(table: number, windows: Windows, point: AffinePoint): void {
    const points = this.#points;
    const width = widthOf(windows);
    const doubled = this.#doubled(windows, point);
    this.#copy(points, doubled, width);
    // Every multiple below 2^(k + 1) is one below 2^k, plus 2^k.
    for (const k of range(windows.bits - 1, 1)) {
      const known = 2 ** (k - 1);
      const further = from(points, known * width);
      for (const i of range(known)) this.#copy(from(further, i * width), from(doubled, k * width), width);
      this.#adder.add(points, further, known * width);
    }
    this.#store(table, windows, points);
  }

  /** 2^(bits · window + k) times the point, ordered by k and then by window. */
  #doubled(windows: Windows, { x, y }: AffinePoint): Points {
    const width = widthOf(windows);
    const indexes = range(width * LANES).flatMap((window) =>
      range(windows.bits).map((k) => k * width * LANES + window),
    );
    return this.#doublings.of(toLimbs((x * R) % P), toLimbs((y * R) % P), indexes);
  }

  #copy(to: Points, { x, y }: Points, count: number): void {
    this.#vectors.copy(to.x, x, count);
    this.#vectors.copy(to.y, y, count);
  }

  #store(table: number, windows: Windows, { x, y }: Points): void {
    const { words } = this.#vectors;
    const width = widthOf(windows);
    for (let window = 0; window < windows.count; window++) {
      for (let index = 0; index < windows.multiples; index++) {
        const to = (table + entryOf(windows, window, index)) / 4;
        const offset = ((index * width + (window >> 2)) * VECTOR_BYTES) / 4 + (window & 3);
        for (let i = 0; i < LIMBS; i++) {
          words[to + i] = at(words, x / 4 + offset + LANES * i);
          words[to + LIMBS + i] = at(words, y / 4 + offset + LANES * i);
        }
      }
    }
  }
}
