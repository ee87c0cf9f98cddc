import type { LedgerPosition } from '@passage/domain';

/** A place behind every transaction of a block. */
const END = 999_999_999;

/** The place from which on nothing of a block remains to be told. */
export function endOfBlock(block: number): LedgerPosition {
  return { block, position: END, item: 0 };
}

/** The first block of which something may remain to be told behind a place. */
export function blockBehind({ block, position }: LedgerPosition): number {
  return position === END ? block + 1 : block;
}
