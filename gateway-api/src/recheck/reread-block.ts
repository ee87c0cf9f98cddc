import {
  LedgerError,
  MemoryState,
  checkDataHash,
  describeDifference,
  headerHash,
  isConfigBlock,
  readBlock,
  readByFlags,
  readClaims,
  toHex,
} from '@passage/ledger';
import type { MspManager, RawBlock, TransactionVerdict } from '@passage/ledger';

import { transactionOf } from '../index/ledger-transaction.js';
import type { VerifiedBlock } from '../index/verified-block.js';

/** What a block says that was judged before, read anew: its place in the chain is for whoever asked to check. */
export interface RereadBlock extends Pick<
  VerifiedBlock,
  'number' | 'headerHash' | 'previousHash' | 'dataHash' | 'transactions'
> {
  /** Why the block cannot be what its header says, in words; absent where it can. */
  readonly fault?: string;
}

/** The record that stood under a key of our chaincode before the block. */
export type ValueBefore = (block: number, key: string) => Promise<Uint8Array | undefined>;

/** Reads a serialized block anew; `head` is the index's, with the configuration in force. Throws for bytes that are no block. */
export type RereadRules = (bytes: Uint8Array, head: Uint8Array, before: ValueBefore) => Promise<RereadBlock>;

/**
 * The rules over Fabric's blocks: data hash and form are checked, the rest of the header is told. Flags are the peer's, because the
 * header's hash does not cover them; whoever asked holds them against what was recomputed when the block was verified.
 */
export function ledgerReread(chaincode: string, msps: (head: Uint8Array) => MspManager): RereadRules {
  return async (bytes, head, before) => {
    const block = readBlock(bytes);
    const { header } = block;
    const known = msps(head);
    const fault = faultOf(block);
    return {
      number: header.number,
      headerHash: toHex(headerHash(header)),
      previousHash: toHex(header.previousHash),
      dataHash: toHex(header.dataHash),
      transactions: (await verdictsOf(block, chaincode, before)).map((transaction) =>
        transactionOf(transaction, chaincode, known),
      ),
      ...(fault !== undefined && { fault }),
    };
  };
}

/** A change of a key's policy alone tells its value again: which that is stands in earlier blocks. */
async function verdictsOf(
  block: RawBlock,
  chaincode: string,
  before: ValueBefore,
): Promise<readonly TransactionVerdict[]> {
  const { number } = block.header;
  const state = new MemoryState();
  const read = (): readonly TransactionVerdict[] =>
    readByFlags(number, block.envelopes, flagsOf(block), state);
  const verdicts = read();
  const keys = new Set(verdicts.flatMap(({ sets }) => policiesAlone(sets, chaincode)));
  if (keys.size === 0) return verdicts;
  for (const key of keys) {
    const value = await before(number, key);
    if (value) state.apply([{ namespace: chaincode, key, value, version: { block: 0, tx: 0 } }]);
  }
  return read();
}

function policiesAlone(sets: TransactionVerdict['sets'], chaincode: string): readonly string[] {
  return sets
    .filter(({ namespace }) => namespace === chaincode)
    .flatMap(({ writes, metadataWrites }) =>
      metadataWrites.map(({ key }) => key).filter((key) => !writes.some((write) => write.key === key)),
    );
}

/** Block 0 has none: it is valid or no chain begins with it. */
function flagsOf(block: RawBlock): Uint8Array {
  return block.header.number === 0
    ? new Uint8Array(block.envelopes.length)
    : (readClaims(block).flags ?? new Uint8Array());
}

function faultOf(block: RawBlock): string | undefined {
  try {
    const difference = checkDataHash(block, isConfigBlock(block));
    return difference && describeDifference(difference);
  } catch (error) {
    if (error instanceof LedgerError) return error.message;
    throw error;
  }
}
