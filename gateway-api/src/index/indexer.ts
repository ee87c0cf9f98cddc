import { decodeRecord, keys } from '@passage/domain';
import type { StateReader } from '@passage/ledger';

import type { OpenIndex } from './open-index.js';
import { eventRows } from './project-events.js';
import { projectBlock } from './project.js';
import type { Devices } from './project-statement.js';
import type { BlockRows } from './rows.js';
import type { BlockVerifier, VerifiedBlock } from './verified-block.js';

/** What the rest of the gateway learns of a block that was indexed. */
export interface IndexedBlock {
  readonly number: number;
  readonly headerHash: string;
  readonly transactions: readonly {
    readonly transactionId: string;
    readonly code: number;
    readonly position: number;
  }[];
  /** Statements that the block recorded. */
  readonly statementIds: readonly string[];
}

/** Takes blocks in order; each is verified, then its rows, the world state and the head move in one transaction. */
export interface Indexer {
  /** The newest indexed block; undefined before the first. */
  head(): Promise<{ readonly number: number; readonly headerHash: string } | undefined>;
  /** Verifies and indexes one block. Throws BlockRefused, and then nothing has changed. */
  add(block: Uint8Array): Promise<IndexedBlock>;
  close(): Promise<void>;
}

/** The indexer over an open database. `chaincode` names the namespace whose records become rows. */
export function openIndexer(
  index: Pick<OpenIndex, 'writer' | 'close'>,
  verifier: BlockVerifier,
  chaincode: string,
): Indexer {
  const { writer } = index;
  const { state } = writer;
  const add = (bytes: Uint8Array): IndexedBlock => {
    const block = verifier.verify(writer.head()?.head, bytes, state);
    const ledgerTimeBefore = writer.ledgerTime(block.number - 1);
    const rows = projectBlock(block, devicesOf(state, block, chaincode), ledgerTimeBefore);
    eventRows(block, writer.tree(), rows);
    writer.apply(block.updates);
    writer.write(rows);
    writer.moveHead(block);
    return indexed(block, rows);
  };
  return {
    head: () => Promise.resolve(writer.head()),
    add: (bytes) => attempt(() => writer.atomically(() => add(bytes))),
    close: () => index.close(),
  };
}

/** What a piece of work gives or throws, as a promise. */
function attempt<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

function indexed(block: VerifiedBlock, rows: BlockRows): IndexedBlock {
  return {
    number: block.number,
    headerHash: block.headerHash,
    transactions: block.transactions.map(({ transactionId, code, position }) => ({
      transactionId,
      code,
      position,
    })),
    statementIds: rows.statement.map((row) => row.statement_id),
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
