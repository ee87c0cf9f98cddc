import { sha256 } from '#crypto';
import { encode } from '../codec/index.js';
import { QueryReads } from '../proto/index.js';
import { MerkleTree } from './merkle-tree.js';
import type { MerkleSummary, Read } from './types.js';

/** Fabric's degree for the ranges it records: up to 50 results stand there themselves, more become a summary. */
export const MAX_DEGREE = 50;

/**
 * Collects the results of a range the way a peer does while simulating, and again while it checks for phantoms
 * (Fabric: rwsetutil/query_results_helper.go): chunks of maxDegree + 1 results are hashed, the rest waits.
 */
export class RangeResults {
  readonly #maxDegree: number;
  readonly #tree: MerkleTree;
  #pending: Read[] = [];

  constructor(maxDegree: number = MAX_DEGREE) {
    this.#maxDegree = maxDegree;
    this.#tree = new MerkleTree(maxDegree);
  }

  add(read: Read): void {
    this.#pending.push(read);
    if (this.#pending.length > this.#maxDegree) this.#hashPending();
  }

  /** The results themselves, or their summary once there were more than maxDegree. */
  finish(): { readonly reads: readonly Read[]; readonly summary?: MerkleSummary } {
    if (this.#tree.isEmpty) return { reads: this.#pending };
    if (this.#pending.length > 0) this.#hashPending();
    this.#tree.finish();
    return { reads: [], summary: this.#tree.summary() };
  }

  #hashPending(): void {
    const kvReads = this.#pending.map(toKvRead);
    this.#pending = [];
    this.#tree.add(sha256(encode(QueryReads, { kvReads })));
  }
}

/** The protobuf form of a read; an absent key has no version at all, block 0 has an empty one. */
export function toKvRead({ key, version }: Read): {
  key: string;
  version?: { blockNum: number; txNum: number };
} {
  return version === undefined ? { key } : { key, version: { blockNum: version.block, txNum: version.tx } };
}
