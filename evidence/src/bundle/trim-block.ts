import { decodeBase64url, encodeBase64url } from '@passage/domain';
import {
  BlockMetadataIndex,
  decode,
  encode,
  encodeBlock,
  Envelope,
  equalBytes,
  Metadata,
  readBlock,
  recover,
  verifyBlockSignatures,
  withMetadata,
} from '@passage/ledger';
import type { BlockHeader, ChannelConfig, RawBlock } from '@passage/ledger';

const SIGNATURES = BlockMetadataIndex.SIGNATURES;

/**
 * A block with nothing in it that its hash or its orderers do not vouch for: what a peer wrote into the metadata goes, and so do
 * signatures that do not hold. Block 0, which nobody signs, keeps no metadata at all.
 *
 * @param config in force before the block
 */
export function trimBlock({ header, envelopes, metadata }: RawBlock, config?: ChannelConfig): RawBlock {
  const signed = metadata[SIGNATURES];
  if (config === undefined || signed === undefined)
    return { header: bareHeader(header), envelopes, metadata: [] };
  const { value, signatures } = bareMetadata(signed);
  const withSignatures = (some: typeof signatures): RawBlock =>
    withMetadata(
      { header: bareHeader(header), envelopes, metadata: [] },
      SIGNATURES,
      encode(Metadata, { value, signatures: some }),
    );
  const good = signatures.filter(
    (signature) => verifyBlockSignatures(withSignatures([signature]), config).mspIds.length === 1,
  );
  return withSignatures(good);
}

/** A block as a bundle carries it. */
export function packBlock(block: RawBlock): string {
  return encodeBase64url(encodeBlock(block));
}

/** The last block below a height as a bundle carries it: without its transactions. */
export function packTip(block: RawBlock, config: ChannelConfig): string {
  return packBlock(trimBlock({ ...block, envelopes: [] }, config));
}

/** The block in a bundle's text; undefined where it is none, or could be written in another way, or has more than it may. */
export function unpackBlock(text: string): RawBlock | undefined {
  const bytes = decodeBase64url(text);
  if (bytes === undefined) return undefined;
  return recover(
    () => {
      const { header, envelopes, metadata } = readBlock(bytes);
      const block = { header: bareHeader(header), envelopes, metadata };
      return equalBytes(encodeBlock(block), bytes) && hasSignaturesAlone(block) ? block : undefined;
    },
    () => undefined,
  );
}

/** Whether the metadata is at most the orderers' signatures, in the one way to write them. */
function hasSignaturesAlone({ header, metadata }: RawBlock): boolean {
  const [signed, ...more] = metadata;
  if (more.length > 0) return false;
  if (signed === undefined) return header.number === 0;
  return header.number > 0 && equalBytes(encode(Metadata, bareMetadata(signed)), signed);
}

/*
 * Messages keep fields that nobody knows. No hash and no signature covers those of a header, of its signatures and of an envelope:
 * in a bundle they would be words that nobody has said.
 */

function bareHeader({ number, previousHash, dataHash }: BlockHeader): BlockHeader {
  return { number, previousHash, dataHash };
}

function bareMetadata(bytes: Uint8Array): Metadata {
  const { value, signatures } = decode(Metadata, bytes);
  return {
    value,
    signatures: signatures.map(({ signatureHeader, signature, identifierHeader }) => ({
      signatureHeader,
      signature,
      identifierHeader,
    })),
  };
}

/** A serialized common.Envelope with nothing in it but payload and signature, in the one way to write it. */
export function bareEnvelope(bytes: Uint8Array): Uint8Array {
  const { payload, signature } = decode(Envelope, bytes);
  return encode(Envelope, { payload, signature });
}
