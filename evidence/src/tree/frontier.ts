import { EMPTY_ROOT, nodeHash } from './hashes.js';

/** A tree of which only the root is ever asked: its whole subtrees along the right edge, one for each set bit of the size. */
export class Frontier {
  #size = 0;
  /** The largest, leftmost subtree first. */
  readonly #subtrees: Uint8Array[] = [];

  get size(): number {
    return this.#size;
  }

  /** Adds the next leaf by its hash. */
  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(this.#subtrees.pop() ?? EMPTY_ROOT, hash);
    }
    this.#subtrees.push(hash);
    this.#size++;
  }

  /** Root over all leaves so far (RFC 9162 section 2.1.1). */
  root(): Uint8Array {
    const last = this.#subtrees.at(-1) ?? EMPTY_ROOT;
    return this.#subtrees.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }
}
