import { withMetadata } from '../block/index.js';
import { encode } from '../codec/index.js';
import {
  BlockMetadataIndex,
  IdentifierHeader,
  LastConfig,
  Metadata,
  OrdererBlockMetadata,
} from '../proto/index.js';
import { blockSignatureMessage } from './block-signatures.js';
import type { RawBlock, Sign } from '../block/index.js';

/** One orderer that signs. */
export interface ConsenterSigner {
  readonly id: number;
  /** 24 random bytes, new for each block. */
  readonly nonce: Uint8Array;
  readonly sign: Sign;
}

/**
 * The block with its orderers' metadata and their signatures, as BFT orderers write them.
 *
 * @param lastConfig number of the last configuration block up to and including this one
 * @param consenterMetadata what the consensus keeps of itself (SmartBFT: ViewMetadata)
 */
export function signBlock(
  block: RawBlock,
  lastConfig: number,
  consenterMetadata: Uint8Array,
  signers: readonly ConsenterSigner[],
): RawBlock {
  const value = encode(OrdererBlockMetadata, { lastConfig: { index: lastConfig }, consenterMetadata });
  const signatures = signers.map(({ id, nonce, sign }) => {
    const identifierHeader = encode(IdentifierHeader, { identifier: id, nonce });
    return {
      identifierHeader,
      signature: sign(blockSignatureMessage(value, identifierHeader, block.header)),
    };
  });
  const signed = withMetadata(block, BlockMetadataIndex.SIGNATURES, encode(Metadata, { value, signatures }));
  const last = encode(Metadata, { value: encode(LastConfig, { index: lastConfig }) });
  return withMetadata(signed, BlockMetadataIndex.LAST_CONFIG, last);
}
