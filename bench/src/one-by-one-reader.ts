import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  BlockMetadataIndex,
  HeaderType,
  type RawBlock,
  readEndorserTransaction,
  readEnvelope,
  readReadWriteSet,
} from '@passage/ledger';

/**
 * What the usual sample of an off-chain store does: takes the blocks as a peer gives them, believes its validation flags, and for each
 * valid transaction appends what it wrote to the store, then notes how far it is. Nothing is verified, and nothing waits for the
 * disk. Returns how many transactions it stored.
 */
export async function readOneByOne(
  blocks: AsyncIterable<{ readonly block: RawBlock }>,
  folder: string,
): Promise<number> {
  let stored = 0;
  for await (const { block } of blocks) {
    const flags = block.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
    for (const [index, envelope] of block.envelopes.entries()) {
      const { payload, channelHeader } = readEnvelope(envelope);
      if (flags[index] !== 0 || payload === undefined) continue;
      if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) continue;
      const writes = writesIn(payload.data);
      await appendFile(
        join(folder, 'store.log'),
        `${JSON.stringify({ txId: channelHeader.txId, writes })}\n`,
      );
      const place = { blockNumber: block.header.number, transactionId: channelHeader.txId };
      await writeFile(join(folder, 'checkpoint.json'), JSON.stringify(place));
      stored += 1;
    }
  }
  return stored;
}

function writesIn(payloadData: Uint8Array): readonly object[] {
  const { results } = readEndorserTransaction(payloadData).chaincodeAction;
  return readReadWriteSet(results).flatMap(({ namespace, writes }) =>
    writes.map(({ key, value }) => ({ namespace, key, value: Buffer.from(value ?? []).toString('utf8') })),
  );
}
