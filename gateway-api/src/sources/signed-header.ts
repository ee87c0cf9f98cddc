import { encodeBlock, headerHash, readBlock, toHex, verifyBlockSignatures } from '@passage/ledger';
import type { ChannelConfig } from '@passage/ledger';

/** A block's header as somebody serves it, with what orderers signed of it: enough to hold it against another. */
export interface SignedHeader {
  readonly number: number;
  /** Hex. Headers point backwards, so equal hashes mean equal blocks up to here. */
  readonly headerHash: string;
  /** common.Block without its transactions, serialized: evidence. */
  readonly signed: Uint8Array;
}

/** Whose signatures a header carries. */
export interface HeaderSignatures {
  /** Whether they are enough for the channel's policy BlockValidation. */
  readonly enough: boolean;
  /** MSP ids of the orderers whose signature holds. */
  readonly mspIds: readonly string[];
}

/** The signed header of a serialized common.Block. Throws LedgerError where it is none. */
export function signedHeaderOf(bytes: Uint8Array): SignedHeader {
  const { header, metadata } = readBlock(bytes);
  return {
    number: header.number,
    headerHash: toHex(headerHash(header)),
    signed: encodeBlock({ header, envelopes: [], metadata }),
  };
}

/** Whose signatures a header carries, judged by a configuration; nobody's where they cannot be read. */
export function signaturesOf({ signed }: SignedHeader, config: ChannelConfig): HeaderSignatures {
  try {
    const { satisfied, mspIds } = verifyBlockSignatures(readBlock(signed), config);
    return { enough: satisfied, mspIds };
  } catch {
    return { enough: false, mspIds: [] };
  }
}
