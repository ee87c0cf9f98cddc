import { invalidCursor } from '../paging/cursor-text.js';
import type { Cursors } from '../paging/row-list.js';

/** A place in the ledger: the order of a timeline. */
export interface EventPosition {
  readonly block: number;
  readonly position: number;
  readonly item: number;
}

/** A cursor names a place in the ledger, so it stays good for ever, also across a rebuild and another gateway. */
export function cursorOf({ block, position, item }: EventPosition): string {
  return Buffer.from(`${String(block)}.${String(position)}.${String(item)}`).toString('base64url');
}

/** The place that a cursor names. Throws `CURSOR_INVALID`; `argument` brought it. */
export function positionOf(cursor: string, argument = 'after'): EventPosition {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(
    Buffer.from(cursor, 'base64url').toString('latin1'),
  );
  if (!match) throw invalidCursor(argument, 'names no place on the ledger');
  const [block = 0, position = 0, item = 0] = match.slice(1).map(Number);
  return { block, position, item };
}

/** Cursors of lists in the ledger's order: those of block, position and item. */
export const ledgerCursors: Cursors = {
  text: ([block, position, item]) =>
    cursorOf({ block: Number(block), position: Number(position), item: Number(item) }),
  place: (cursor, argument) => {
    const { block, position, item } = positionOf(cursor, argument);
    return [block, position, item];
  },
};
