import { appendFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  BlockMetadataIndex,
  HeaderType,
  type RawBlock,
  readEndorserTransaction,
  readEnvelope,
  readReadWriteSet,
} from '@passage/ledger';

/** What a reader promises where the power goes: that nothing is noted which the store has lost, or not even that. */
export type Promised = 'store before note' | 'nothing';

/**
 * What the usual sample of an off-chain store does: takes the blocks as a peer gives them, believes its validation flags, and for each
 * valid transaction appends what it wrote to the store, then notes how far it is. Nothing is verified. Returns how many transactions it
 * stored.
 *
 * @param promised the sample promises nothing. To promise that it never goes on behind a transaction that its store has lost, it has to
 *   wait for the disk once for each, between store and note.
 */
export async function readOneByOne(
  blocks: AsyncIterable<{ readonly block: RawBlock }>,
  folder: string,
  promised: Promised,
): Promise<number> {
  const file = join(folder, 'store.log');
  const store = promised === 'store before note' ? await open(file, 'a') : undefined;
  let stored = 0;
  try {
    for await (const { block } of blocks) {
      for (const { txId, writes } of validIn(block)) {
        const line = `${JSON.stringify({ txId, writes })}\n`;
        await (store?.appendFile(line) ?? appendFile(file, line));
        await store?.datasync();
        const place = { blockNumber: block.header.number, transactionId: txId };
        await writeFile(join(folder, 'checkpoint.json'), JSON.stringify(place));
        stored += 1;
      }
    }
  } finally {
    await store?.close();
  }
  return stored;
}

interface Stored {
  readonly txId: string;
  readonly writes: readonly object[];
}

function* validIn({ envelopes, metadata }: RawBlock): Generator<Stored> {
  const flags = metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  for (const [index, envelope] of envelopes.entries()) {
    const { payload, channelHeader } = readEnvelope(envelope);
    if (flags[index] !== 0 || payload === undefined) continue;
    if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) continue;
    yield { txId: channelHeader.txId, writes: writesIn(payload.data) };
  }
}

function writesIn(payloadData: Uint8Array): readonly object[] {
  const { results } = readEndorserTransaction(payloadData).chaincodeAction;
  return readReadWriteSet(results).flatMap(({ namespace, writes }) =>
    writes.map(({ key, value }) => ({ namespace, key, value: Buffer.from(value ?? []).toString('utf8') })),
  );
}
