import { sha256 } from '#crypto';
import { concatBytes } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import type { MerkleSummary } from './types.js';

/**
 * The tree of hashes over range results, built from the left as results come
 * (Fabric: core/ledger/kvledger/txmgmt/rwsetutil/query_results_helper.go). Level 1 holds the hashes of result chunks; when a
 * level grows beyond maxDegree its hashes become one hash of the next level.
 */
export class MerkleTree {
  readonly #maxDegree: number;
  readonly #levels = new Map<number, Uint8Array[]>();
  #maxLevel = 1;

  constructor(maxDegree: number) {
    if (maxDegree < 2)
      throw new LedgerError('INVALID_VALUE', `a Merkle tree of degree ${maxDegree}, below 2`);
    this.#maxDegree = maxDegree;
  }

  get isEmpty(): boolean {
    return this.#maxLevel === 1 && this.#at(1).length === 0;
  }

  /** Adds the hash of the next chunk and folds every level that is full. */
  add(leaf: Uint8Array): void {
    this.#push(1, leaf);
    for (let level = 1; this.#at(level).length > this.#maxDegree; level++) this.#fold(level);
  }

  /** Folds what is left below the highest level into it; a lone hash moves up as it is. */
  finish(): void {
    for (let level = 1; level < this.#maxLevel; level++) {
      const [first, ...others] = this.#at(level);
      if (first === undefined) continue;
      if (others.length > 0) this.#fold(level);
      else {
        this.#levels.delete(level);
        this.#push(level + 1, first);
      }
    }
    if (this.#at(this.#maxLevel).length > this.#maxDegree) this.#fold(this.#maxLevel);
  }

  summary(): MerkleSummary {
    return { maxDegree: this.#maxDegree, maxLevel: this.#maxLevel, hashes: [...this.#at(this.#maxLevel)] };
  }

  #fold(level: number): void {
    const hash = sha256(concatBytes(...this.#at(level)));
    this.#levels.delete(level);
    this.#push(level + 1, hash);
  }

  #push(level: number, hash: Uint8Array): void {
    this.#levels.set(level, [...this.#at(level), hash]);
    this.#maxLevel = Math.max(this.#maxLevel, level);
  }

  #at(level: number): readonly Uint8Array[] {
    return this.#levels.get(level) ?? [];
  }
}
