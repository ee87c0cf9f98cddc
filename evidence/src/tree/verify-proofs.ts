import { equalBytes } from '@passage/ledger';
import { isTreeSize, nodeHash } from './hashes.js';

/** Length of every hash. */
const HASH_BYTES = 32;

/** What an inclusion proof is about. */
export interface Inclusion {
  /** Hash of the leaf, see `leafHash`. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** What a consistency proof is about. */
export interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the leaf stands at that place in the tree of that root (RFC 9162 section 2.1.3.2). Never throws. */
export function verifyInclusion({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size || !areHashes(proof)) return false;
  let hash = leaf;
  const arrives = climb(index, size - 1, proof, (sibling, isLeft) => {
    hash = isLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  });
  return arrives && equalBytes(hash, root);
}

/** Whether the older tree is a beginning of the younger one (RFC 9162 section 2.1.4.2). Never throws. */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: Consistency): boolean {
  if (!areBeginning(from, to) || !areHashes(proof)) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  const [first, ...rest] = Number.isInteger(Math.log2(from)) ? [fromRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [node, last] = [from - 1, to - 1];
  // Up to the largest subtree that ends where the older tree does: there the proof begins.
  for (; node % 2 === 1; last = half(last)) node = half(node);
  let [older, younger] = [first, first];
  const arrives = climb(node, last, rest, (sibling, isLeft) => {
    if (isLeft) older = nodeHash(sibling, older);
    younger = isLeft ? nodeHash(sibling, younger) : nodeHash(younger, sibling);
  });
  return arrives && equalBytes(older, fromRoot) && equalBytes(younger, toRoot);
}

/**
 * Goes up from a node, by its index and that of the last node on its level, one sibling after another. Whether it arrives at the
 * root with the last of them, no earlier and no later.
 */
function climb(
  from: number,
  lastOnLevel: number,
  siblings: readonly Uint8Array[],
  step: (sibling: Uint8Array, isLeft: boolean) => void,
): boolean {
  let [node, last] = [from, lastOnLevel];
  for (const sibling of siblings) {
    if (last === 0) return false;
    const isLeft = node % 2 === 1 || node === last;
    step(sibling, isLeft);
    // A node at the right edge without a sibling is its own parent, as far up as that goes.
    if (isLeft) while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    [node, last] = [half(node), half(last)];
  }
  return last === 0;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function areBeginning(from: number, to: number): boolean {
  return isTreeSize(from) && isTreeSize(to) && from >= 1 && from <= to;
}

function areHashes(proof: readonly Uint8Array[]): boolean {
  return proof.every(({ length }) => length === HASH_BYTES);
}
