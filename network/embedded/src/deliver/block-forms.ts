import {
  Block,
  BlockMetadataIndex,
  HeaderType,
  decode,
  encode,
  readBlock,
  readEnvelope,
} from '@passage/ledger';
import type { Decoded, Encodable } from '@passage/ledger';

import type { DeliverResponse } from '../proto/deliver.js';
import { SeekContentType } from '../proto/seek.js';
import type { SeekInfo } from '../proto/seek.js';
import { filterBlock } from './filtered-block.js';

/** Of which block, and to whom. */
export interface Delivery {
  readonly channel: string;
  readonly number: number;
  /** Serialized identity of the client, which may read the block. */
  readonly creator: Uint8Array;
}

/** Turns a stored block into the answer that one deliver method gives. */
export type BlockForm = (block: Uint8Array, delivery: Delivery) => Encodable<Decoded<typeof DeliverResponse>>;

/** As the peer keeps it, with its verdicts and its commit hash. */
export const asStored: BlockForm = (block) => ({ block });

export const asFiltered: BlockForm = (block, { channel }) => ({ filteredBlock: filterBlock(block, channel) });

/** As an orderer sends it: without what peers add. */
export const asOrdered: BlockForm = (block) => {
  const { header, data, metadata: all } = decode(Block, block);
  const metadata = all?.metadata.map((entry, index) => (PEERS_OWN.has(index) ? new Uint8Array() : entry));
  return { block: encode(Block, { header, data, metadata: { metadata } }) };
};

const PEERS_OWN = new Set<number>([BlockMetadataIndex.TRANSACTIONS_FILTER, BlockMetadataIndex.COMMIT_HASH]);

/**
 * What the client asked to get of a block: all of it, or header and metadata only. Config blocks always come whole, or
 * nobody could follow a change of configuration (F:common/deliver/deliver.go, deliverBlocks).
 */
export function contentOf(block: Uint8Array, { contentType }: SeekInfo): Uint8Array {
  if (contentType !== SeekContentType.HEADER_WITH_SIG || isConfigBlock(block)) return block;
  const { header, metadata } = decode(Block, block);
  return encode(Block, { header, metadata });
}

function isConfigBlock(block: Uint8Array): boolean {
  const { envelopes } = readBlock(block);
  const [envelope] = envelopes;
  if (envelope === undefined || envelopes.length > 1) return false;
  return readEnvelope(envelope).channelHeader?.type === HeaderType.CONFIG;
}
