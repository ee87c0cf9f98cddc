import { gatewayError } from '../errors.js';

/** What places a row in its list: the values of the columns that the list is ordered by. */
export type PlaceInList = readonly (string | number)[];

/**
 * A cursor names a list and a place in it, not a page: it stays good while the ledger grows, when its row is gone from the list,
 * across a rebuild, at another gateway, and as known at an earlier block.
 */
export function cursorText(list: string, place: PlaceInList): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/** The place that a cursor names. Throws `CURSOR_INVALID` for one of another list, or none at all; `argument` brought it. */
export function placeIn(list: string, length: number, cursor: string, argument: string): PlaceInList {
  const read = parsed(cursor);
  if (!Array.isArray(read)) throw invalidCursor(argument, 'is none that a gateway has given');
  const [named, ...place] = read as readonly unknown[];
  if (named !== list) throw invalidCursor(argument, `is none of \`${list}\``);
  if (place.length !== length || !place.every(isValue)) throw invalidCursor(argument, 'is damaged');
  return place as PlaceInList;
}

/** What is said of a cursor that names no place. */
export function invalidCursor(argument: string, why: string): Error {
  return gatewayError('CURSOR_INVALID', `the cursor in \`${argument}\` ${why}`, {
    details: { pointer: `/${argument}` },
  });
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
