import { utf8, type StateEntry, type StateReader } from '@passage/ledger';

import { blob, integer, text } from './columns.js';
import type { PrivateStatements } from './private-statements.js';

/** Rows that a range reads at a time, so that nobody holds a cursor open while other things happen. */
const RANGE_PAGE = 100;

/** The private values that one organisation holds, read like a world state. */
export class PrivateState implements StateReader {
  readonly #statements: PrivateStatements;
  readonly #organization: string;

  constructor(statements: PrivateStatements, organization: string) {
    this.#statements = statements;
    this.#organization = organization;
  }

  get(namespace: string, key: string): StateEntry | undefined {
    const row = this.#statements.get.get(this.#organization, namespace, utf8(key));
    return row && entryOf(row);
  }

  *range(namespace: string, start: string, end: string): Generator<readonly [string, StateEntry]> {
    const last = utf8(end);
    let from: Uint8Array = utf8(start);
    for (;;) {
      const bounds = [from, last.length, last, RANGE_PAGE] as const;
      const rows = this.#statements.getRange.all(this.#organization, namespace, ...bounds);
      for (const row of rows) yield [text(row['key']), entryOf(row)] as const;
      const previous = rows[RANGE_PAGE - 1];
      if (previous === undefined) return;
      // The smallest key after a key is that key with a zero byte behind it.
      from = Buffer.concat([blob(previous['key']), Buffer.of(0)]);
    }
  }
}

function entryOf(row: Readonly<Record<string, unknown>>): StateEntry {
  return {
    value: blob(row['value']),
    version: { block: integer(row['block']), tx: integer(row['tx']) },
  };
}
