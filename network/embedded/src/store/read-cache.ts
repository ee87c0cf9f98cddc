/** Answers that are kept before the older half of them is forgotten. */
const MAX_ANSWERS = 4096;

/**
 * What was last read from a table, missing rows included: a transaction reads its keys when it is simulated and once more when
 * its block is judged, its id is looked up at every step, and every transaction reads the chaincode's definition.
 */
export class ReadCache<Row> {
  readonly #half: number;
  readonly #isKept: (row: Row) => boolean;
  #newer = new Map<string, Row | undefined>();
  #older = new Map<string, Row | undefined>();

  /** @param isKept whether a row is small enough to be kept */
  constructor(isKept: (row: Row) => boolean = () => true, maxAnswers = MAX_ANSWERS) {
    this.#isKept = isKept;
    this.#half = Math.ceil(maxAnswers / 2);
  }

  /** The row, which `read` fetches if it is not here. Nobody may change it, nor the bytes in it. */
  get(id: string, read: () => Row | undefined): Row | undefined {
    const known = this.#newer.get(id);
    if (known !== undefined || this.#newer.has(id)) return known;
    const row = this.#older.has(id) ? this.#older.get(id) : read();
    if (row === undefined || this.#isKept(row)) this.#keep(id, row);
    return row;
  }

  /** To be called for every row that is about to be written. */
  forget(id: string): void {
    this.#newer.delete(id);
    this.#older.delete(id);
  }

  #keep(id: string, row: Row | undefined): void {
    if (this.#newer.size >= this.#half) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(id, row);
  }
}
