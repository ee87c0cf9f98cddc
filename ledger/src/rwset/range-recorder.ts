import { RangeResults } from './range-results.js';
import type { Version } from '../state/index.js';
import type { RangeQuery } from './types.js';

/**
 * Records one range as a simulation hands it over (Fabric: core/ledger/kvledger/txmgmt/txmgr/query_executor.go, resultsItr).
 * What is recorded is what was handed over, not what the chaincode used: a peer reads 100 results ahead.
 */
export class RangeRecorder {
  readonly #start: string;
  readonly #end: string;
  readonly #results = new RangeResults();
  #last = '';
  #exhausted = false;

  /** The range as it was asked for: start inclusive, end exclusive, '' open. */
  constructor(start: string, end: string) {
    this.#start = start;
    this.#end = end;
  }

  /** A result was handed over. */
  record(key: string, version: Version): void {
    this.#last = key;
    this.#results.add({ key, version });
  }

  /** The iterator found no further result. */
  exhaust(): void {
    this.#exhausted = true;
  }

  finish(): RangeQuery {
    const end = this.#exhausted ? this.#end : this.#last;
    return { start: this.#start, end, exhausted: this.#exhausted, ...this.#results.finish() };
  }
}
