import { sha256 } from '@passage/domain';

/** Domain separation of RFC 9162 section 2.1.1: no leaf can pass for a node. */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Root of the tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256();

/** Hash of a leaf (RFC 9162 section 2.1.1): 32 bytes. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(LEAF, entry);
}

/** Hash of an inner node (RFC 9162 section 2.1.1): 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE, left, right);
}

/** The most leaves of a tree: far more than a ledger holds, and no logarithm of a smaller number is ever rounded wrongly. */
export const MAX_TREE_SIZE = 2 ** 47;

/** Whether a number can be the size of a tree, or the index of a leaf. */
export function isTreeSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_TREE_SIZE;
}
