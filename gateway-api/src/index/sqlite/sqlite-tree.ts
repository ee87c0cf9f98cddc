import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { TreeBefore } from '../growing-tree.js';

/** The tree over the events in the index's own database, for whoever writes the next block. */
export class SqliteTree {
  readonly #size: StatementSync;
  readonly #node: StatementSync;

  constructor(database: DatabaseSync) {
    this.#size = database.prepare('SELECT coalesce(max(leaf), -1) + 1 AS size FROM ledger_event');
    this.#node = database.prepare('SELECT hash FROM tree_node WHERE level = ? AND number = ?');
  }

  /** As it stands now. */
  before(): TreeBefore {
    const { size } = this.#size.get() as { size: number };
    return {
      size,
      nodes: {
        get: (level, number) => (this.#node.get(level, number) as { hash: Uint8Array } | undefined)?.hash,
      },
    };
  }
}
