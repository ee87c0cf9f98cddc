import { sha256, sha256Hex } from '#crypto';
import { DerTag, derElement, derInteger } from '../codec/index.js';
import type { BlockHeader } from '../proto/index.js';

/**
 * The bytes of a block header that are hashed and signed: DER of SEQUENCE {number, previous hash, data hash}
 * (protoutil/blockutils.go, BlockHeaderBytes).
 */
export function blockHeaderBytes(header: BlockHeader): Uint8Array {
  return derElement(
    DerTag.SEQUENCE,
    derInteger(header.number),
    derElement(DerTag.OCTET_STRING, header.previousHash),
    derElement(DerTag.OCTET_STRING, header.dataHash),
  );
}

/** SHA-256 of the header: the hash that the next block points to. Of block 0 it is the root of all trust. */
export function headerHash(header: BlockHeader): Uint8Array {
  return sha256(blockHeaderBytes(header));
}

/**
 * SHA-256 over the envelopes, one after another (protoutil/blockutils.go, ComputeBlockDataHash). The concatenation says
 * nothing about where one ends: a reader must also check each with `isCanonical(Envelope, …)`.
 */
export function dataHash(envelopes: readonly Uint8Array[]): Uint8Array {
  return sha256(...envelopes);
}

/** A transaction's id: hex SHA-256 of nonce and creator (protoutil/proputils.go, ComputeTxID). */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return sha256Hex(nonce, creator);
}

/**
 * What endorsers sign a proposal by: SHA-256 of channel header, signature header and chaincode proposal payload
 * without its transient map (protoutil/txutils.go, GetProposalHash2).
 */
export function proposalHash(
  channelHeader: Uint8Array,
  signatureHeader: Uint8Array,
  visiblePayload: Uint8Array,
): Uint8Array {
  return sha256(channelHeader, signatureHeader, visiblePayload);
}
