import { readBlock, readEndorserTransaction, readEnvelope, readReadWriteSet, recover } from '@passage/ledger';

/** A key of the world state. */
export interface StateKey {
  readonly namespace: string;
  readonly key: string;
}

/** What the rules look up to judge blocks. */
export interface ExpectedReads {
  readonly transactionIds: readonly string[];
  readonly keys: readonly StateKey[];
}

/**
 * What the rules will look up to judge blocks, as their transactions say it. It settles nothing: what is missing here is looked up when
 * it is asked for, and what cannot be read is left to the rules.
 */
export function expectedReads(blocks: readonly Uint8Array[]): ExpectedReads {
  const envelopes = blocks.flatMap((bytes) => orNone(() => readBlock(bytes).envelopes)).map(readEnvelope);
  return {
    transactionIds: envelopes.flatMap(({ channelHeader }) => channelHeader?.txId ?? []),
    keys: envelopes.flatMap(({ payload }) => (payload ? orNone(() => keysIn(payload.data)) : [])),
  };
}

/** Keys that a transaction read, for their versions, and those that it writes, for their own policies. */
function keysIn(payloadData: Uint8Array): readonly StateKey[] {
  const { results } = readEndorserTransaction(payloadData).chaincodeAction;
  return readReadWriteSet(results)
    .flatMap((set) => [set, ...set.collections])
    .flatMap(({ namespace, reads, writes, metadataWrites }) =>
      [...reads, ...writes, ...metadataWrites].map(({ key }) => ({ namespace, key })),
    );
}

function orNone<Value>(read: () => readonly Value[]): readonly Value[] {
  return recover<readonly Value[], readonly Value[]>(read, () => []);
}
