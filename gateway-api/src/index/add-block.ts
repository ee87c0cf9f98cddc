import { decodeRecord, keys } from '@passage/domain';
import type { StateReader } from '@passage/ledger';

import type { IndexFacts } from './facts/index-facts.js';
import type { GrowingTree } from './growing-tree.js';
import type { IndexedBlock } from './indexed-block.js';
import type { IndexWriter } from './index-writer.js';
import { eventRows } from './project-events.js';
import { projectBlock } from './project.js';
import type { Devices } from './project-statement.js';
import { completedRows, deviceIn } from './reading/read-block.js';
import { readOnce } from './read-once.js';
import type { BlockRows } from './rows.js';
import type { BlockBefore, BlockVerifier, ReadAheadBlock, VerifiedBlock } from './verified-block.js';

/** What rows follow from besides their block, as the blocks before it have left it. */
export interface ChainEnd {
  readonly tree: GrowingTree;
  ledgerTime: string | null;
}

/** A block whose rows are written. */
export interface AddedBlock {
  readonly block: VerifiedBlock | ReadAheadBlock;
  readonly indexed: IndexedBlock;
}

/**
 * Verifies a block and writes its rows and what it does to the world state; call inside a transaction of the database, and move the head
 * before it ends. Throws BlockRefused, and then nothing was written.
 */
export type AddBlock = (
  bytes: Uint8Array,
  end: ChainEnd,
  before: BlockBefore | undefined,
  facts?: IndexFacts,
) => AddedBlock;

/** @param chaincode names the namespace whose records become rows. */
export function blockAdder(writer: IndexWriter, verifier: BlockVerifier, chaincode: string): AddBlock {
  const { state } = writer;
  const write = (rows: BlockRows, end: ChainEnd): void => {
    end.ledgerTime = rows.block[0]?.ledger_time ?? end.ledgerTime;
    writer.write(rows);
  };
  const addVerified = (block: VerifiedBlock, end: ChainEnd): AddedBlock => {
    const read = readOnce();
    const rows = projectBlock(block, devicesOf(state, block, chaincode), end.ledgerTime, read);
    eventRows(block, end.tree, rows, read);
    writer.apply(block.updates);
    write(rows, end);
    const { number, headerHash, transactions } = block;
    return {
      block,
      indexed: {
        number,
        headerHash,
        transactions: transactions.map(({ transactionId, code, position }) => ({
          transactionId,
          code,
          position,
        })),
        statementIds: rows.statement.map((row) => row.statement_id),
      },
    };
  };
  const addRead = (block: ReadAheadBlock, end: ChainEnd): AddedBlock => {
    const { reading, number, headerHash } = block;
    const { transactionIds, codes, statementIds } = reading;
    const place = { block: number, transactionIds, leaf: end.tree.size };
    write(
      completedRows(block, end, (kid) => deviceIn(state, chaincode, kid)),
      end,
    );
    writer.ofOthers?.write(reading, place);
    const transactions = transactionIds.map((transactionId, position) => ({
      transactionId,
      code: codes[position] ?? 0,
      position,
    }));
    return { block, indexed: { number, headerHash, transactions, statementIds } };
  };
  return (bytes, end, before, facts) => {
    const block = verifier.verify(before, bytes, state, facts);
    return 'reading' in block ? addRead(block, end) : addVerified(block, end);
  };
}

/** A device from the state before the block, or from the block itself when it registers the device; each is read once for a block. */
function devicesOf(state: StateReader, block: VerifiedBlock, chaincode: string): Devices {
  const known = new Map<string, ReturnType<Devices>>();
  const read: Devices = (kid) => {
    const key = keys.device(kid);
    const inBlock = block.updates.find((u) => u.namespace === chaincode && u.key === key)?.value;
    const value = inBlock ?? state.get(chaincode, key)?.value;
    return value && decodeRecord(key, value);
  };
  return (kid) => {
    if (!known.has(kid)) known.set(kid, read(kid));
    return known.get(kid);
  };
}
