import { decode, encode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { Block } from '../proto/common.js';
import type { BlockHeader } from '../proto/common.js';

/**
 * A block as this library handles it: its envelopes and metadata stay the bytes they were, because hashes and
 * signatures are over those bytes and over nothing that could be made from them again.
 */
export interface RawBlock {
  readonly header: BlockHeader;
  /** One serialized common.Envelope per transaction; in a hostile chain not all of them can be read. */
  readonly envelopes: readonly Uint8Array[];
  /** By BlockMetadataIndex. Orderers leave out or leave empty what peers add. */
  readonly metadata: readonly Uint8Array[];
}

/**
 * Reads a serialized common.Block.
 *
 * @throws LedgerError MALFORMED_MESSAGE, or MALFORMED_BLOCK if it has no header or no data.
 */
export function readBlock(bytes: Uint8Array): RawBlock {
  const { header, data, metadata } = decode(Block, bytes);
  if (header === undefined) throw new LedgerError('MALFORMED_BLOCK', 'the block has no header');
  if (data === undefined) {
    throw new LedgerError('MALFORMED_BLOCK', `block ${String(header.number)} has no data`);
  }
  return { header, envelopes: data.data, metadata: metadata?.metadata ?? [] };
}

/** Serializes a common.Block. */
export function encodeBlock(block: RawBlock): Uint8Array {
  const { header, envelopes, metadata } = block;
  return encode(Block, { header, data: { data: envelopes }, metadata: { metadata } });
}
