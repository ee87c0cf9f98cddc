import { withDefaults } from '@passage/domain';

import { recordedLedger, type StateValues } from '../recorded-ledger.js';

/** How many statements the ledger takes in one transaction, as far as the index knows (docs/parameters.md). */
export async function batchLimit(state: StateValues): Promise<number> {
  const ledger = await recordedLedger(state);
  return withDefaults(ledger?.parameters?.values).batchLimit;
}
