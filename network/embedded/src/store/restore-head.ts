import {
  BlockMetadataIndex,
  channelConfigOf,
  ConfigEnvelope,
  decode,
  encode,
  Metadata,
  OrdererBlockMetadata,
  readConfigTransaction,
  type ChainHead,
  type ConfigOptions,
  type RawBlock,
} from '@passage/ledger';

import type { AppliedBlock } from './state-store.js';

/** The head of a chain that ends with the block last applied. `read` gives the block of a number. */
export function headAfter(
  last: AppliedBlock,
  read: (number: number) => RawBlock,
  options: ConfigOptions,
): ChainHead {
  const configBlock = lastConfigOf(read(last.number));
  const block = read(configBlock);
  const { channelId, configEnvelope } = readConfigTransaction(block.envelopes[0] ?? new Uint8Array(0));
  return {
    channel: channelId,
    height: last.number + 1,
    headerHash: last.headerHash,
    commitHash: last.commitHash,
    configBlock,
    configEnvelope: encode(ConfigEnvelope, configEnvelope),
    config: channelConfigOf(block, options),
  };
}

/** Number of the configuration block in force after a block, as its orderers signed it. */
function lastConfigOf({ metadata }: RawBlock): number {
  const { value } = decode(Metadata, metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(0));
  return decode(OrdererBlockMetadata, value).lastConfig?.index ?? 0;
}
