import { BlockMetadataIndex, headerHash, recover, toHex, verifyBlockSignatures } from '@passage/ledger';
import type { ChannelConfig, RawBlock } from '@passage/ledger';

/** A block's header with what the orderers signed of it: enough to show to others. */
export interface SignedHeader {
  readonly block: number;
  /** Lower-case hex, as the other hashes. */
  readonly headerHash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  /** The block's metadata of the kind SIGNATURES (serialized common.Metadata), base64. */
  readonly signatures: string;
}

export function signedHeader({ header, metadata }: RawBlock): SignedHeader {
  return {
    block: header.number,
    headerHash: toHex(headerHash(header)),
    previousHash: toHex(header.previousHash),
    dataHash: toHex(header.dataHash),
    signatures: Buffer.from(metadata[BlockMetadataIndex.SIGNATURES] ?? []).toString('base64'),
  };
}

/** MSP ids of the orderers whose signatures under a header are good by a configuration; nobody's are before there is one. */
export function signersOf(header: SignedHeader, config: ChannelConfig | undefined): readonly string[] {
  if (config === undefined) return [];
  const block: RawBlock = {
    header: {
      number: header.block,
      previousHash: Buffer.from(header.previousHash, 'hex'),
      dataHash: Buffer.from(header.dataHash, 'hex'),
    },
    envelopes: [],
    metadata: [Buffer.from(header.signatures, 'base64')],
  };
  return recover(
    () => verifyBlockSignatures(block, config).mspIds,
    () => [],
  );
}

/** One sentence: which block, and who signed it. */
export function describeHeader(header: SignedHeader, config: ChannelConfig | undefined): string {
  const signers = signersOf(header, config);
  return `block ${String(header.block)} with header hash ${header.headerHash}, signed by ${signers.join(', ') || 'nobody'}`;
}
