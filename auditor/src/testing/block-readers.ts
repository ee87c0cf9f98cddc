import { common } from '@hyperledger/fabric-protos';
import {
  channelConfigOf,
  LedgerError,
  MemoryState,
  startChain,
  toHex,
  verifyNextBlock,
} from '@passage/ledger';
import type { ChainHead, RawBlock } from '@passage/ledger';
import type { GeneratedChain } from '@passage/ledger/generator';

/** What a reader of ours made of bytes: what it read, or the code with which it refused them. */
type Reading<T> = { readonly read: T } | { readonly refused: string };

/** Runs a reader; whatever it throws and is no LedgerError is thrown on. */
export function reading<T>(read: () => T): Reading<T> {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof LedgerError) return { refused: error.code };
    throw error;
  }
}

/** Judges the last block of a chain, or what somebody has made of it, as the block that comes next. */
export function judgeOfLast(chain: GeneratedChain): (block: RawBlock) => number {
  const state = new MemoryState();
  let head: ChainHead | undefined;
  for (const { block } of [...chain.blocks()].slice(0, -1)) {
    const verified =
      head === undefined
        ? startChain(block, chain.genesisHash)
        : verifyNextBlock(head, block, state, options);
    state.apply(verified.verdict.updates);
    ({ head } = verified);
  }
  const before = head;
  if (before === undefined) throw new Error('the chain has one block alone');
  return (block) => verifyNextBlock(before, block, state, options).differences.length;
}

const options = { isKnownTransaction: () => false };

/** Reads the configuration in block 0. */
export function configOf(block: RawBlock): string {
  return channelConfigOf(block).channelId;
}

/**
 * What fabric-protos makes of a block; undefined where it is no judge: it refuses some unknown fields and drops the others, where Go
 * and our codec keep them, and it rounds numbers.
 */
export function readByOracle(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const block = common.Block.deserializeBinary(bytes);
    const [header, data] = [block.getHeader(), block.getData()];
    if (header === undefined || data === undefined) return undefined;
    if (!Buffer.from(block.serializeBinary()).equals(bytes)) return undefined;
    if (!Number.isSafeInteger(header.getNumber())) return undefined;
    return {
      number: header.getNumber(),
      previousHash: toHex(header.getPreviousHash_asU8()),
      dataHash: toHex(header.getDataHash_asU8()),
      envelopes: data.getDataList_asU8().map(toHex),
      metadata: block.getMetadata()?.getMetadataList_asU8().map(toHex) ?? [],
    };
  } catch {
    return undefined;
  }
}

/** The same of a block as ours reads it. */
export function fieldsOf({ header, envelopes, metadata }: RawBlock): Record<string, unknown> {
  return {
    number: header.number,
    previousHash: toHex(header.previousHash),
    dataHash: toHex(header.dataHash),
    envelopes: envelopes.map(toHex),
    metadata: metadata.map(toHex),
  };
}
