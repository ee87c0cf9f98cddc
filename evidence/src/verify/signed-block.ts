import {
  BlockMetadataIndex,
  decode,
  Metadata,
  OrdererBlockMetadata,
  recover,
  verifyBlockSignatures,
} from '@passage/ledger';
import type { ChannelConfig, RawBlock } from '@passage/ledger';

/** What the orderers say of a block. */
export interface OrderersWord {
  /** Number of the configuration block that is the last one up to and including this block. */
  readonly lastConfig: number;
  /** MSP ids of those who signed, in the order of their signatures. */
  readonly orderers: readonly string[];
}

/**
 * The orderers' word on the header of a block, by the configuration in force before it; a sentence where it is not theirs. Each
 * signature must hold: one that does not has no business in a bundle.
 */
export function orderersWord(block: RawBlock, config: ChannelConfig): OrderersWord | string {
  return recover<OrderersWord | string, string>(
    () => {
      const { value, signatures } = decode(
        Metadata,
        block.metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(),
      );
      const { satisfied, mspIds, required } = verifyBlockSignatures(block, config);
      if (!satisfied)
        return `it carries good signatures of ${mspIds.length} orderers, and ${required} are needed`;
      if (mspIds.length < signatures.length) return 'one of its signatures does not hold';
      const { lastConfig } = decode(OrdererBlockMetadata, value);
      return { lastConfig: lastConfig?.index ?? 0, orderers: mspIds };
    },
    ({ message }) => message,
  );
}
