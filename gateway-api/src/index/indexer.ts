import { decodeRecord, keys } from '@passage/domain';
import type { StateReader } from '@passage/ledger';

import type { IndexFacts } from './facts/index-facts.js';
import type { BlocksAhead } from './facts/look-ahead.js';
import type { OpenIndex } from './open-index.js';
import { eventRows } from './project-events.js';
import { projectBlock } from './project.js';
import type { Devices } from './project-statement.js';
import { readOnce } from './read-once.js';
import type { BlockRows } from './rows.js';
import { BlockRefused } from './verified-block.js';
import type { BlockBefore, BlockVerifier, VerifiedBlock } from './verified-block.js';

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

/** What became of blocks that were handed over together. */
export interface IndexedBlocks {
  /** Those that were indexed, in order. */
  readonly indexed: readonly IndexedBlock[];
  /** Why the one behind them was not; what comes after it was not looked at. */
  readonly refused?: BlockRefused;
  /** Why those behind them could not be written, where none of them is to blame. */
  readonly failed?: Error;
}

/** Takes blocks in order; each is verified, then its rows, the world state and the head move in one transaction. */
export interface Indexer {
  /** The newest indexed block; undefined before the first. */
  head(): Promise<{ readonly number: number; readonly headerHash: string } | undefined>;
  /** Verifies and indexes one block. Throws BlockRefused, and then nothing has changed. */
  add(block: Uint8Array): Promise<IndexedBlock>;
  /** The same for blocks that follow one another, many to a database transaction: all up to the first that is refused. */
  addAll(blocks: readonly Uint8Array[]): Promise<IndexedBlocks>;
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
  const addOne = (bytes: Uint8Array, before: BlockBefore | undefined, facts?: IndexFacts): AddedBlock => {
    const block = verifier.verify(before, bytes, state, facts);
    const ledgerTimeBefore = writer.ledgerTime(block.number - 1);
    const read = readOnce();
    const rows = projectBlock(block, devicesOf(state, block, chaincode), ledgerTimeBefore, read);
    eventRows(block, writer.tree(), rows, read);
    writer.apply(block.updates);
    writer.write(rows);
    return { block, rows };
  };
  const moveTo = (last: VerifiedBlock | undefined): void => {
    if (last === undefined) return;
    writer.moveHead(last);
    if (verifier.linksAlone === true) writer.markLinked(last.number);
  };
  const addEach = ({ blocks, facts }: BlocksAhead): IndexedBlocks => {
    const added: AddedBlock[] = [];
    let refused: BlockRefused | undefined;
    const before = writer.head()?.head;
    writer.foresee?.(blocks);
    for (const [index, bytes] of blocks.entries()) {
      try {
        added.push(addOne(bytes, added.at(-1)?.block ?? before, facts?.[index]));
      } catch (error) {
        // A block is refused before anything of it is written: those before it stand.
        if (!(error instanceof BlockRefused)) throw error;
        refused = error;
        break;
      }
    }
    moveTo(added.at(-1)?.block);
    return { indexed: added.map(indexed), ...(refused && { refused }) };
  };
  const addAll = async (blocks: readonly Uint8Array[]): Promise<IndexedBlocks> => {
    const all: IndexedBlock[] = [];
    try {
      for await (const part of verifier.ahead?.(blocks) ?? [{ blocks }]) {
        const { indexed, refused } = writer.atomically(() => addEach(part));
        all.push(...indexed);
        if (refused) return { indexed: all, refused };
      }
      return { indexed: all };
    } catch (error) {
      return { indexed: all, failed: asError(error) };
    }
  };
  return {
    head: () => Promise.resolve(writer.head()),
    add: async (bytes) => oneOf(await addAll([bytes])),
    addAll,
    async close() {
      await verifier.close?.();
      await index.close();
    },
  };
}

/** What became of the only block of many. Throws BlockRefused, or whatever kept it from being written. */
export function oneOf({ indexed: [block], refused, failed }: IndexedBlocks): IndexedBlock {
  if (block) return block;
  throw refused ?? failed ?? new Error('no block was handed over');
}

/** A block and the rows that it gave. */
interface AddedBlock {
  readonly block: VerifiedBlock;
  readonly rows: BlockRows;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function indexed({ block, rows }: AddedBlock): IndexedBlock {
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
