import { keys, type LedgerRecord } from '@passage/domain';

import { readRecord } from './index/read-record.js';

/** Values of world-state keys. */
export type StateValues = (keys: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array | undefined>>;

/** What the ledger says of itself, as far as the index knows; undefined before Init. */
export async function recordedLedger(state: StateValues): Promise<LedgerRecord | undefined> {
  const value = (await state([keys.ledger])).get(keys.ledger);
  return value && readRecord(keys.ledger, value);
}
