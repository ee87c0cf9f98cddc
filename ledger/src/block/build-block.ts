import { encode } from '../codec/index.js';
import { BlockMetadataIndex, LastConfig, Metadata, OrdererBlockMetadata } from '../proto/index.js';
import { dataHash } from './hashes.js';
import type { RawBlock } from './block.js';

/** Number of metadata entries of a block, one for each BlockMetadataIndex. */
const METADATA_ENTRIES = 5;

/** A block over the given envelopes with all its metadata still empty. `previousHash` is empty for block 0. */
export function buildBlock(
  number: number,
  previousHash: Uint8Array,
  envelopes: readonly Uint8Array[],
): RawBlock {
  return {
    header: { number, previousHash, dataHash: dataHash(envelopes) },
    envelopes,
    metadata: Array.from({ length: METADATA_ENTRIES }, () => new Uint8Array(0)),
  };
}

/** The same block with one metadata entry replaced. */
export function withMetadata(block: RawBlock, index: number, value: Uint8Array): RawBlock {
  const length = Math.max(block.metadata.length, index + 1);
  const metadata = Array.from({ length }, (_, i) => block.metadata[i] ?? new Uint8Array(0));
  metadata[index] = value;
  return { ...block, metadata };
}

/** Block 0 around its one configuration envelope: unsigned, its own last configuration (protoutil, genesis.go). */
export function buildGenesisBlockOf(configEnvelope: Uint8Array): RawBlock {
  const lastConfig = { index: 0 };
  const value = encode(OrdererBlockMetadata, { lastConfig });
  const block = buildBlock(0, new Uint8Array(0), [configEnvelope]);
  const signed = withMetadata(block, BlockMetadataIndex.SIGNATURES, encode(Metadata, { value }));
  return withMetadata(
    signed,
    BlockMetadataIndex.LAST_CONFIG,
    encode(Metadata, { value: encode(LastConfig, lastConfig) }),
  );
}
