import { at, range } from '../at.js';
import { oddDigits, windowsOf } from '../curve/digits.js';
import { PointAdder } from '../curve/points.js';
import { tableBytes, TableBuilder, tableVectors } from '../curve/table.js';
import { Field } from '../field/field.js';
import { LANES, POINT_BYTES, VECTOR_BYTES } from '../field/kernel.js';
import { Vectors } from '../field/vectors.js';
import { isScalar, negated } from './encoding.js';
import type { AffinePoint } from '../curve/table.js';
import type { Points } from '../curve/points.js';
import type { Scalars } from './encoding.js';

/** A signature to be checked by a key that has a table. */
export interface Check extends Scalars {
  /** Address of the key's table. */
  readonly table: number;
  /** The message's hash, as limbs. */
  readonly hash: readonly number[];
}

/** The base point (SP 800-186, section 3.2.1.3). */
const G: AffinePoint = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

/** G has one table, so that it may be large: 26 windows of 512 points. Each key has 32 of 128. */
const OF_G = windowsOf(10);
const OF_KEY = windowsOf(8);
const POINTS = OF_G.count + OF_KEY.count;

/** Most signatures of a chunk: what belongs to more would not stay in a processor's second cache. */
const CHUNK = 256;
const WIDTH = CHUNK / LANES;

/** Bytes of a key's table. */
export const KEY_TABLE_BYTES = tableBytes(OF_KEY);

/**
 * Checks many signatures at once: for each it adds up one point of a table for every digit of u1 and u2, u1·G + u2·Q (FIPS 186-5,
 * section 6.4.2). Additions of all signatures go side by side and share inversions.
 */
export class ChunkChecker {
  static readonly SIZE = CHUNK;
  readonly #vectors: Vectors;
  readonly #scalars: Field;
  readonly #adder: PointAdder;
  readonly #builder: TableBuilder;
  readonly #tableOfG: number;
  readonly #points: Points;
  readonly #entries: number;
  readonly #hashes: number;
  readonly #rs: number;
  readonly #ss: number;
  readonly #inverses: number;
  readonly #scratch: number;
  readonly #digits = new Uint16Array(OF_KEY.count);

  /** @param tables of keys that there is place for. */
  constructor(tables: number) {
    const points = Math.max(POINTS * WIDTH, tableVectors(OF_G), tableVectors(OF_KEY));
    const pairs = Math.ceil(points / 2);
    const bytes =
      tables * (KEY_TABLE_BYTES + 64) +
      tableBytes(OF_G) +
      2 * points * VECTOR_BYTES +
      PointAdder.bytes(pairs) +
      TableBuilder.bytes([OF_G, OF_KEY]) +
      5 * WIDTH * VECTOR_BYTES +
      POINTS * CHUNK * 4 +
      65536;
    const vectors = new Vectors(bytes);
    this.#vectors = vectors;
    this.#scalars = Field.ofScalars(vectors);
    this.#adder = new PointAdder(vectors, pairs);
    this.#points = { x: vectors.takeVectors(points), y: vectors.takeVectors(points) };
    this.#builder = new TableBuilder(vectors, this.#adder, this.#points, [OF_G, OF_KEY]);
    this.#entries = vectors.take(POINTS * CHUNK * 4);
    this.#hashes = vectors.takeVectors(WIDTH);
    this.#rs = vectors.takeVectors(WIDTH);
    this.#ss = vectors.takeVectors(WIDTH);
    this.#inverses = vectors.takeVectors(WIDTH);
    this.#scratch = vectors.takeVectors(WIDTH);
    this.#tableOfG = vectors.take(tableBytes(OF_G));
    this.#builder.build(this.#tableOfG, OF_G, G);
  }

  /** Address of memory for one more table. */
  takeTable(): number {
    return this.#vectors.take(KEY_TABLE_BYTES);
  }

  /** @param point that is on the curve. */
  buildTable(table: number, point: AffinePoint): void {
    this.#builder.build(table, OF_KEY, point);
  }

  /**
   * Which of up to `SIZE` signatures are certainly good. Of the others nothing is said.
   */
  good(checks: readonly Check[]): boolean[] {
    const width = Math.ceil(checks.length / LANES);
    // Lanes that nothing is left for do the first one's work again.
    const lanes = range(width * LANES).map((i) => checks[i] ?? at(checks, 0));
    const usable = this.#scalarsOf(lanes, width);
    this.#vectors.kernel.gather(this.#points.x, this.#points.y, this.#entries, POINTS * width);
    const { sum, worthless } = this.#adder.sum(this.#points, POINTS, width);
    this.#adder.field.scale(sum.x, sum.x, this.#adder.field.plainOne, width);
    return checks.map(({ r }, i) => {
      if (usable[i] !== true || ((worthless >> (i % LANES)) & 1) === 1) return false;
      const x = this.#vectors.read(sum.x, i);
      return r.every((limb, j) => limb === x[j]);
    });
  }

  /** Computes u1 and u2, looks up what their digits stand for, and says for which signatures that can be done. */
  #scalarsOf(lanes: readonly Check[], width: number): boolean[] {
    const vectors = this.#vectors;
    for (const [i, { hash, r, s }] of lanes.entries()) {
      vectors.write(this.#hashes, i, hash);
      vectors.write(this.#rs, i, r);
      vectors.write(this.#ss, i, s);
    }
    const field = this.#scalars;
    // Taken for a number in Montgomery's form, s is s/R; so its inverse is R/s, in that form R²/s.
    field.invertEach(this.#inverses, this.#ss, width, this.#scratch);
    for (const factor of [this.#hashes, this.#rs]) {
      field.multiply(factor, factor, this.#inverses, width);
      field.scale(factor, factor, field.plainOne, width);
    }
    const [u1, u2]: [number[], number[]] = [[], []];
    return lanes.map(({ table }, i) => {
      vectors.read(this.#hashes, i, u1);
      vectors.read(this.#rs, i, u2);
      const isUsable = isScalar(u1) && isScalar(u2);
      this.#lookUp(isUsable ? u1 : [1,0,0,0,0,0,0,0,0], OF_G, this.#tableOfG, i, 0, width);
      this.#lookUp(isUsable ? u2 : [1,0,0,0,0,0,0,0,0], OF_KEY, table, i, OF_G.count, width);
      return isUsable;
    });
  }

  #lookUp(scalar: readonly number[], windows: typeof OF_G, table: number, lane: number, first: number, width: number): void {
    const { words } = this.#vectors;
    // The digits are those of odd numbers: an even k is taken for the n - k of the opposite point.
    const isOdd = (at(scalar, 0) & 1) === 1;
    oddDigits(isOdd ? scalar : negated(scalar), windows, this.#digits);
    const sign = isOdd ? 0 : 1;
    const step = windows.multiples * POINT_BYTES;
    let entry = this.#entries / 4 + first * width * LANES + lane;
    for (let window = 0; window < windows.count; window++) {
      const digit = (this.#digits[window] ?? 0) ^ sign;
      words[entry] = table + window * step + (digit >> 1) * POINT_BYTES + (digit & 1);
      entry += width * LANES;
    }
  }
}
