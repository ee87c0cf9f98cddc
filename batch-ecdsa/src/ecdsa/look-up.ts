import { oddDigits } from '../curve/digits.js';
import { entryOf } from '../curve/table.js';
import { negate } from './scalar.js';
import type { Windows } from '../curve/digits.js';
import type { Limbs } from '../field/limbs.js';
import type { Vectors } from '../field/vectors.js';

/** Finds out which points of a table add up to a multiple of the table's point. */
export class LookUp {
  readonly #vectors: Vectors;
  readonly #windows: Windows;
  readonly #digits: Uint16Array;
  /** Bytes from the points of one window to those of the next. */
  readonly #windowBytes: number;
  readonly #pointBytes: number;

  constructor(vectors: Vectors, windows: Windows) {
    this.#vectors = vectors;
    this.#windows = windows;
    this.#digits = new Uint16Array(windows.count);
    this.#windowBytes = entryOf(windows, 1, 0);
    this.#pointBytes = entryOf(windows, 0, 1);
  }

  /**
   * Writes for each digit of a scalar what `gather` takes.
   *
   * @param scalar from 1 to n - 1; it is worth nothing afterwards.
   * @param entries address of them: a row for each digit, with a column for each of `columns` signatures.
   */
  write(scalar: Limbs, table: number, entries: number, column: number, columns: number): void {
    const { words } = this.#vectors;
    // The digits are those of odd numbers: an even k is n - k times the opposite point.
    const isEven = (scalar[0] ?? 0) % 2 === 0;
    if (isEven) negate(scalar);
    oddDigits(scalar, this.#windows, this.#digits);
    let word = entries / 4 + column;
    let points = table;
    for (const digit of this.#digits) {
      const isNegative = isEven ? 1 - (digit & 1) : digit & 1;
      words[word] = points + (digit >> 1) * this.#pointBytes + isNegative;
      word += columns;
      points += this.#windowBytes;
    }
  }
}
