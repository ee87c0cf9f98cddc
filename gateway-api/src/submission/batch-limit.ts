import { keys, withDefaults } from '@passage/domain';

import { readRecord } from '../index/read-record.js';

/** Values of world-state keys. */
export type StateValues = (keys: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array | undefined>>;

/** How many statements the ledger takes in one transaction, as far as the index knows (docs/parameters.md). */
export async function batchLimit(state: StateValues): Promise<number> {
  const value = (await state([keys.ledger])).get(keys.ledger);
  const ledger = value && readRecord(keys.ledger, value);
  return withDefaults(ledger?.parameters?.values).batchLimit;
}
