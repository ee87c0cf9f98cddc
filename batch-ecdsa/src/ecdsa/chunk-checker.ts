import { windowsOf } from '../curve/digits.js';
import { PointAdder } from '../curve/points.js';
import { tableBytes, TableBuilder, tableVectors } from '../curve/table.js';
import { LANES, VECTOR_BYTES } from '../field/kernel.js';
import { newLimbs } from '../field/limbs.js';
import { Vectors } from '../field/vectors.js';
import { LookUp } from './look-up.js';
import { Multipliers } from './multipliers.js';
import type { Points } from '../curve/points.js';
import type { AffinePoint } from '../curve/table.js';
import type { Limbs } from '../field/limbs.js';
import type { Multiplied } from './multipliers.js';

/** The base point (SP 800-186, section 3.2.1.3). */
const G: AffinePoint = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

/** G has one table, which may be larger: 26 windows of 512 points. Each key has 32 of 128. */
const OF_G = windowsOf(10);
const OF_KEY = windowsOf(8);
/** Points to be added up for a signature: one for each digit. */
const POINTS = OF_G.count + OF_KEY.count;

/** Most signatures of a chunk: what belongs to more would not stay in a processor's second cache. */
const CHUNK = 256;
const WIDTH = CHUNK / LANES;

/**
 * Checks many ECDSA signatures at once (FIPS 186-5, section 6.4.2): u1·G + u2·Q is, for each, the sum of one point from a table for
 * every digit of u1 and u2. The additions of all signatures go side by side.
 */
export class ChunkChecker {
  static readonly SIZE = CHUNK;
  readonly #vectors: Vectors;
  readonly #multipliers: Multipliers;
  readonly #adder: PointAdder;
  readonly #builder: TableBuilder;
  readonly #ofG: LookUp;
  readonly #ofKey: LookUp;
  readonly #tableOfG: number;
  readonly #entries: number;
  readonly #points: Points;
  /** r of each signature, which u2 takes the place of elsewhere. */
  readonly #wanted: number;
  readonly #tables = new Uint32Array(CHUNK);
  readonly #u: readonly [Limbs, Limbs] = [newLimbs(), newLimbs()];
  #count = 0;

  /** @param tables of keys that there is to be room for. */
  constructor(tables: number) {
    const points = Math.max(POINTS * WIDTH, tableVectors(OF_G), tableVectors(OF_KEY));
    const pairs = Math.ceil(points / 2);
    const vectors = new Vectors(
      2 * points * VECTOR_BYTES +
        PointAdder.bytes(pairs) +
        TableBuilder.bytes([OF_G, OF_KEY]) +
        Multipliers.bytes(WIDTH) +
        POINTS * CHUNK * 4 +
        WIDTH * VECTOR_BYTES +
        tableBytes(OF_G) +
        tables * tableBytes(OF_KEY),
    );
    this.#vectors = vectors;
    this.#multipliers = new Multipliers(vectors, WIDTH);
    this.#adder = new PointAdder(vectors, pairs);
    this.#points = { x: vectors.takeVectors(points), y: vectors.takeVectors(points) };
    this.#builder = new TableBuilder(vectors, this.#adder, this.#points, [OF_G, OF_KEY]);
    this.#entries = vectors.take(POINTS * CHUNK * 4);
    this.#wanted = vectors.takeVectors(WIDTH);
    this.#ofG = new LookUp(vectors, OF_G);
    this.#ofKey = new LookUp(vectors, OF_KEY);
    this.#tableOfG = vectors.take(tableBytes(OF_G));
    this.#builder.build(this.#tableOfG, OF_G, G);
  }

  /** Address of room for a key's table, which is never given back. */
  takeTable(): number {
    return this.#vectors.take(tableBytes(OF_KEY));
  }

  /** @param point of P-256: that it lies on the curve is not looked at. */
  buildTable(table: number, point: AffinePoint): void {
    this.#builder.build(table, OF_KEY, point);
  }

  /**
   * Adds one of up to `SIZE` signatures.
   *
   * @param table address of the key's table.
   */
  add(table: number, signature: Multiplied): void {
    const index = this.#count++;
    this.#tables[index] = table;
    this.#multipliers.put(index, signature);
    this.#vectors.write(this.#wanted, index, signature.r);
  }

  /** For each signature that was added whether it is certainly good. Of the others nothing is said. */
  areGood(): boolean[] {
    const count = this.#count;
    this.#count = 0;
    const lanes = this.#multipliers.compute(count);
    const width = lanes / LANES;
    const areUsual: boolean[] = [];
    for (let lane = 0; lane < lanes; lane++)
      areUsual.push(this.#lookUp(lane, lanes, lane < count ? lane : 0));
    this.#vectors.kernel.gather(this.#points.x, this.#points.y, this.#entries, POINTS * width);
    const { sum, worthless } = this.#adder.sum(this.#points, POINTS, width);
    this.#adder.field.plain(sum.x, sum.x, width);
    return areUsual.slice(0, count).map((isUsual, i) => {
      const isComputed = isUsual && ((worthless >> (i % LANES)) & 1) === 0;
      return isComputed && this.#vectors.equal(sum.x, this.#wanted, i);
    });
  }

  /** Writes which points belong to a lane, where it stands for a signature. */
  #lookUp(lane: number, lanes: number, index: number): boolean {
    const [u1, u2] = this.#u;
    const isUsual = this.#multipliers.read(lane, u1, u2);
    this.#ofG.write(u1, this.#tableOfG, this.#entries, lane, lanes);
    const ofKey = this.#entries + OF_G.count * lanes * 4;
    this.#ofKey.write(u2, this.#tables[index] ?? 0, ofKey, lane, lanes);
    return isUsual;
  }
}
