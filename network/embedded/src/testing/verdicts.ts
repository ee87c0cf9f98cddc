import type { common } from '@hyperledger/fabric-protos';
import { BlockMetadataIndex, toHex } from '@passage/ledger';

import { CHANNEL } from '../organizations.js';
import type { Connection } from './client.js';

/** Flags and commit hash of every block, as a peer says them. */
export async function verdicts({ gateway }: Connection, height: number): Promise<string[]> {
  const events = await gateway.getNetwork(CHANNEL).getBlockEvents({ startBlock: 0n });
  const found: string[] = [];
  for await (const block of events) {
    found.push(verdictOf(block));
    if (found.length === height) break;
  }
  events.close();
  return found;
}

function verdictOf(block: common.Block): string {
  const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const number = block.getHeader()?.getNumber() ?? -1;
  const [flags, hash] = [BlockMetadataIndex.TRANSACTIONS_FILTER, BlockMetadataIndex.COMMIT_HASH].map(
    (index) => toHex(metadata[index] ?? new Uint8Array()),
  );
  return `${number} ${flags ?? ''} ${hash ?? ''}`;
}
