import { RangeRecorder } from '../rwset/index.js';
import type { RangeQuery } from '../rwset/index.js';
import type { StateEntry, StateReader } from '../state/index.js';

/** Rows read from the state at once: one batch for the shim and the row that says whether there is more. */
const CHUNK = 101;

type Row = readonly [key: string, entry: StateEntry];

/**
 * Walks one range of keys and records what it hands over. The state is read in chunks, each read to its end: no database
 * cursor stays open while the chaincode thinks.
 */
export class RangeCursor {
  readonly #state: StateReader;
  readonly #namespace: string;
  readonly #end: string;
  readonly #recorder: RangeRecorder;
  #from: string;
  #rows: Row[] = [];
  #last = false;

  /** Keys from `start` up to but without `end`; '' leaves that side open. */
  constructor(state: StateReader, namespace: string, start: string, end: string) {
    this.#state = state;
    this.#namespace = namespace;
    this.#from = start;
    this.#end = end;
    this.#recorder = new RangeRecorder(start, end);
  }

  /** Hands over the next row, or undefined at the end. */
  next(): Row | undefined {
    const row = this.#take();
    if (row === undefined) this.#recorder.exhaust();
    else this.#recorder.record(row[0], row[1].version);
    return row;
  }

  /** The key that would come next, without handing it over: the bookmark of a page. '' at the end. */
  peek(): string {
    if (this.#rows.length === 0) this.#fill();
    return this.#rows[0]?.[0] ?? '';
  }

  /** What has been handed over so far, as the transaction's read set tells it. */
  recorded(): RangeQuery {
    return this.#recorder.finish();
  }

  #take(): Row | undefined {
    if (this.#rows.length === 0) this.#fill();
    return this.#rows.shift();
  }

  #fill(): void {
    if (this.#last) return;
    for (const row of this.#state.range(this.#namespace, this.#from, this.#end)) {
      this.#rows.push(row);
      if (this.#rows.length === CHUNK) break;
    }
    this.#last = this.#rows.length < CHUNK;
    // The first key after a key is that key followed by U+0000.
    this.#from = `${this.#rows.at(-1)?.[0] ?? ''}\u0000`;
  }
}
