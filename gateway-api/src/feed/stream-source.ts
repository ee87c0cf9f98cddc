import type { LedgerPosition } from '@passage/domain';

import { cursorOf, positionOf } from '../index/cursor.js';
import type { IndexReader } from '../index/reader.js';
import type { Filtered } from './feed-filter.js';

/** What a stream can tell: something that has a place in an order, and that a filter is compared with. */
export type Item = LedgerPosition & Filtered;

/** What streams are told from, in the order of places: of the ledger, or of the gateway's own book of alerts. */
export interface StreamSource<Each extends Item> {
  /** The newest block, or entry of the book; -1 before the first. */
  readonly head: number;
  /** What is new in a block, or the entry of the book. */
  block(block: number): Promise<readonly Each[]>;
  /** Everything of a stretch, from a block on, which is there; `to` is the last block that was read. */
  stretch(from: number): Promise<{ readonly entries: readonly Each[]; readonly to: number }>;
  /** What a caller sees of an entry. `sight` names what it sees. */
  seen(entry: Each, sight: string, reader: IndexReader): Promise<Each | undefined>;
}

/** How a stream writes down where it is. */
export interface StreamCursors {
  readonly text: (place: LedgerPosition) => string;
  /** Throws `CURSOR_INVALID`. */
  readonly place: (cursor: string) => LedgerPosition;
}

/** Places on the ledger: good at every gateway. */
export const ledgerPlaces: StreamCursors = { text: cursorOf, place: (cursor) => positionOf(cursor) };
