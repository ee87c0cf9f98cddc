import type { IndexReader } from '../index/reader.js';
import { findNoticed } from './find-noticed.js';
import type { Noticed } from './find-noticed.js';
import { findTouched } from './find-touched.js';

/** Finds what follows from the rows of the index. */
export interface AlertFinder {
  /** The alerts of a consignment as they follow now. */
  noticed(ucr: string): Promise<readonly Noticed[]>;
  /** The consignments whose alerts may be others after these blocks. */
  touched(from: number, to: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A finder that reads in the caller's own thread. */
export function alertFinder(whole: IndexReader): AlertFinder {
  return {
    noticed: (ucr) => findNoticed(whole, ucr),
    touched: (from, to) => findTouched(whole, from, to),
    close: () => Promise.resolve(),
  };
}
