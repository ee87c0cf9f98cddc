import { EvidenceError } from '../errors.js';
import { nodeHash } from './hashes.js';

/**
 * A node that will never change: the hash over the leaves from `index · 2^level` to `(index + 1) · 2^level`, all of them
 * there. A tree of n leaves has fewer than 2n of them.
 */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Where nodes are kept, whatever it is made of. Proofs at n leaves read O(log n) of them. */
export interface TreeNodes {
  /** The hash of a node that `nodesOfLeaf` gave; undefined where it is not there. */
  get(level: number, index: number): Uint8Array | undefined;
}

/**
 * The nodes that the next leaf completes, from the leaf itself upwards; to be added to `nodes`.
 *
 * @param size how many leaves the tree has so far
 * @param leaf its hash, see `leafHash`
 * @throws EvidenceError TREE_NODE_MISSING if `nodes` is not of a tree of that size
 */
export function nodesOfLeaf(size: number, leaf: Uint8Array, nodes: TreeNodes): readonly TreeNode[] {
  const completed: TreeNode[] = [{ level: 0, index: size, hash: leaf }];
  let [level, index, hash] = [0, size, leaf];
  // A right child completes its parent: its left sibling has been there before.
  for (; index % 2 === 1; level++, index = (index - 1) / 2) {
    hash = nodeHash(nodeAt(nodes, level, index - 1), hash);
    completed.push({ level: level + 1, index: (index - 1) / 2, hash });
  }
  return completed;
}

/** @throws EvidenceError TREE_NODE_MISSING: the store is not of a tree of that size */
export function nodeAt(nodes: TreeNodes, level: number, index: number): Uint8Array {
  const hash = nodes.get(level, index);
  if (hash === undefined) {
    throw new EvidenceError(
      'TREE_NODE_MISSING',
      `the tree has no node ${index} on level ${level}: build the tree anew from the ledger`,
    );
  }
  return hash;
}

/** Nodes in memory. */
export class MemoryNodes implements TreeNodes {
  readonly #levels: Uint8Array[][] = [];

  /** A tree of these leaves. */
  static of(leaves: Iterable<Uint8Array>): MemoryNodes {
    const nodes = new MemoryNodes();
    for (const leaf of leaves) nodes.append(leaf);
    return nodes;
  }

  /** How many leaves there are. */
  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  get(level: number, index: number): Uint8Array | undefined {
    return this.#levels[level]?.[index];
  }

  /** Adds the next leaf by its hash. */
  append(leaf: Uint8Array): void {
    for (const { level, index, hash } of nodesOfLeaf(this.size, leaf, this)) {
      (this.#levels[level] ??= [])[index] = hash;
    }
  }
}
