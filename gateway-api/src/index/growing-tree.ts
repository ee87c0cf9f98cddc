import { nodesOfLeaf } from '@passage/evidence';
import type { TreeNode, TreeNodes } from '@passage/evidence';

/** The tree as it stands before some blocks: how many leaves it has, and its nodes. */
export interface TreeBefore {
  readonly size: number;
  readonly nodes: TreeNodes;
}

/**
 * The tree over all events while blocks are added to it. What a new leaf joins on to is always the last node of a level: once that was
 * made here, the database is not asked for it.
 */
export class GrowingTree {
  readonly #before: TreeNodes;
  /** The last node of each level that was made here. */
  readonly #edge: (TreeNode | undefined)[] = [];
  readonly #known: TreeNodes;
  #size: number;

  constructor({ size, nodes }: TreeBefore) {
    this.#size = size;
    this.#before = nodes;
    this.#known = { get: (level, index) => this.#find(level, index) };
  }

  /** How many leaves there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds the next leaf by its hash, and gives the nodes that it completes. */
  append(leaf: Uint8Array): readonly TreeNode[] {
    const completed = nodesOfLeaf(this.#size, leaf, this.#known);
    for (const node of completed) this.#edge[node.level] = node;
    this.#size += 1;
    return completed;
  }

  #find(level: number, index: number): Uint8Array | undefined {
    const last = this.#edge[level];
    return last?.index === index ? last.hash : this.#before.get(level, index);
  }
}
