import { EMPTY_ROOT, isTreeSize, nodeHash } from './hashes.js';
import { nodeAt } from './tree-nodes.js';
import type { TreeNodes } from './tree-nodes.js';

/**
 * Root of the tree's first `size` leaves (RFC 9162 section 2.1.1). Reads one node for each set bit of the size.
 *
 * @throws EvidenceError TREE_NODE_MISSING
 */
export function treeRoot(size: number, nodes: TreeNodes): Uint8Array {
  return size === 0 ? EMPTY_ROOT : rangeRoot(0, size, nodes);
}

/**
 * The hashes that lead from a leaf to the root of the tree's first `size` leaves (RFC 9162 section 2.1.3.1), the one next to
 * the leaf first: at most ⌈log2 size⌉ of 32 bytes.
 *
 * @throws RangeError if there is no such leaf; EvidenceError TREE_NODE_MISSING
 */
export function inclusionProof(index: number, size: number, nodes: TreeNodes): readonly Uint8Array[] {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) {
    throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  }
  const path: Uint8Array[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.unshift(rangeRoot(middle, end, nodes));
      end = middle;
    } else {
      path.unshift(rangeRoot(start, middle, nodes));
      start = middle;
    }
  }
  return path;
}

/**
 * The hashes by which the root of the first `from` leaves is seen to be a beginning of the tree of `to` leaves (RFC 9162
 * section 2.1.4.1). Empty for a tree and itself.
 *
 * @throws RangeError unless 0 < from ≤ to; EvidenceError TREE_NODE_MISSING
 */
export function consistencyProof(from: number, to: number, nodes: TreeNodes): readonly Uint8Array[] {
  if (!isTreeSize(from) || !isTreeSize(to) || from < 1 || from > to) {
    throw new RangeError(`no consistency between trees of ${from} and ${to} leaves can be shown`);
  }
  const proof: Uint8Array[] = [];
  let [start, end] = [0, to];
  // SUBPROOF: down to the largest whole subtree that ends where the older tree ends.
  while (end !== from) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      proof.unshift(rangeRoot(middle, end, nodes));
      end = middle;
    } else {
      proof.unshift(rangeRoot(start, middle, nodes));
      start = middle;
    }
  }
  // The verifier knows the older root; where the walk ended on it, it need not be sent.
  return start === 0 ? proof : [rangeRoot(start, end, nodes), ...proof];
}

/** Hash over the leaves from `start` to `end`, where `start` is a multiple of the power of two next above the length. */
function rangeRoot(start: number, end: number, nodes: TreeNodes): Uint8Array {
  const length = end - start;
  const level = Math.floor(Math.log2(length));
  if (2 ** level === length) return nodeAt(nodes, level, start / length);
  const middle = start + splitOf(length);
  return nodeHash(rangeRoot(start, middle, nodes), rangeRoot(middle, end, nodes));
}

/** The largest power of two below a length of at least 2. */
function splitOf(length: number): number {
  return 2 ** Math.floor(Math.log2(length - 1));
}
