import type { Kysely } from 'kysely';

import type { IndexWriter } from './index-writer.js';
import type { IndexDatabase } from './tables/index.js';

/** An index, for those who read and for the one who writes. */
export interface OpenIndex {
  /** For rows, typed. */
  readonly rows: Kysely<IndexDatabase>;
  /** Made when it is first asked for. */
  readonly writer: IndexWriter;
  close(): Promise<void>;
}
