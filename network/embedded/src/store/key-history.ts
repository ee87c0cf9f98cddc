import { readEndorserTransaction, readEnvelope, readReadWriteSet } from '@passage/ledger';

import type { KeyModification } from '../network.js';

/**
 * What the valid transaction at a position wrote to a key, read from its envelope: values are kept once, in the blocks, and
 * the history index only says where.
 */
export function modificationOf(
  envelope: Uint8Array,
  namespace: string,
  key: string,
): KeyModification | undefined {
  const { payload, channelHeader } = readEnvelope(envelope);
  if (payload === undefined || channelHeader === undefined) return undefined;
  const { chaincodeAction } = readEndorserTransaction(payload.data);
  const write = readReadWriteSet(chaincodeAction.results)
    .find((set) => set.namespace === namespace)
    ?.writes.findLast((candidate) => candidate.key === key);
  return (
    write && {
      txId: channelHeader.txId,
      timestamp: channelHeader.timestamp ?? { seconds: 0, nanos: 0 },
      isDelete: write.value === undefined,
      value: write.value ?? new Uint8Array(0),
    }
  );
}
