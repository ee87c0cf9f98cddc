import type { Orderer, Organization } from '../network.js';
import type { EmbeddedLedger } from '../store/embedded-ledger.js';
import { buildSignedBlock } from './consenters.js';

/** An orderer without filter or timer, for tests: what is sent in one turn of the event loop becomes one block. */
export function immediateOrderer(ledger: EmbeddedLedger, organizations: readonly Organization[]): Orderer {
  const queue: Uint8Array[] = [];
  const cut = (): void => {
    const envelopes = queue.splice(0);
    if (envelopes.length > 0) void ledger.append((head) => buildSignedBlock(envelopes, head, organizations));
  };
  return {
    broadcast: (envelope) => {
      queue.push(envelope);
      setImmediate(cut);
      return Promise.resolve({ status: 200, info: '' });
    },
  };
}
