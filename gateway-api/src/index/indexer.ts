import { decodeRecord, keys } from '@passage/domain';
import type { StateReader } from '@passage/ledger';

import type { OpenIndex } from './index-database.js';
import { eventRows } from './project-events.js';
import { projectBlock } from './project.js';
import type { Devices } from './project-statement.js';
import type { BlockRows } from './rows.js';
import { RowWriter } from './rows.js';
import { StoredTree } from './stored-tree.js';
import { SqliteState } from './sqlite-state.js';
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
export function openIndexer(index: OpenIndex, verifier: BlockVerifier, chaincode: string): Indexer {
  const state = new SqliteState(index.raw);
  const writer = new RowWriter(index.raw);
  const tree = new StoredTree(index.raw);
  return {
    async head() {
      const row = await index.rows.selectFrom('head').select(['number', 'header_hash']).executeTakeFirst();
      return row && { number: row.number, headerHash: row.header_hash };
    },
    async add(bytes) {
      return index.rows.transaction().execute(async (step) => {
        const before = await step.selectFrom('head').select('head').executeTakeFirst();
        const block = verifier.verify(before?.head, bytes, state);
        const previous = await step
          .selectFrom('block')
          .select('ledger_time')
          .where('number', '=', block.number - 1)
          .executeTakeFirst();
        const rows = projectBlock(block, devicesOf(state, block, chaincode), previous?.ledger_time);
        eventRows(block, tree.before(), rows);
        state.apply(block.updates);
        writer.write(rows);
        const moved = { number: block.number, header_hash: block.headerHash, head: block.head };
        await step
          .insertInto('head')
          .values({ id: 1, ...moved })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(moved))
          .execute();
        return indexed(block, rows);
      });
    },
    close: () => index.close(),
  };
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
