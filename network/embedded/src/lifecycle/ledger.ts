import { readBlock } from '@passage/ledger';

import type { Ledger } from '../network.js';
import type { LifecycleLedger } from './simulation.js';

/** The ledger as _lifecycle looks at it. */
export function lifecycleLedger(ledger: Ledger): LifecycleLedger {
  return {
    state: ledger.state,
    envelopeAt: (block, index) => {
      const bytes = ledger.getBlock(block);
      return bytes && readBlock(bytes).envelopes[index];
    },
  };
}
