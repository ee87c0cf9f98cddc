import { gatewayError } from '../errors.js';

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

/** The place that a cursor names. Throws `BAD_ARGUMENT`. */
export function positionOf(cursor: string): EventPosition {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(
    Buffer.from(cursor, 'base64url').toString('latin1'),
  );
  if (!match) {
    throw gatewayError('BAD_ARGUMENT', "the cursor is none of this gateway's", {
      next: "Use `endCursor` or an edge's `cursor` of an earlier page, or leave `after` out.",
    });
  }
  const [block = 0, position = 0, item = 0] = match.slice(1).map(Number);
  return { block, position, item };
}
