import { blockAdder } from './add-block.js';
import type { AddedBlock } from './add-block.js';
import type { BlocksAhead } from './facts/look-ahead.js';
import { GrowingTree } from './growing-tree.js';
import type { IndexedBlock } from './indexed-block.js';
import type { OpenIndex } from './open-index.js';
import { BlockRefused } from './verified-block.js';
import type { BlockVerifier } from './verified-block.js';

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
  const add = blockAdder(writer, verifier, chaincode);
  const moveTo = (last: AddedBlock['block'] | undefined): void => {
    if (last === undefined) return;
    writer.moveHead(last);
    if (verifier.linksAlone === true) writer.markLinked(last.number);
  };
  const addEach = ({ blocks, facts }: BlocksAhead): IndexedBlocks => {
    const added: AddedBlock[] = [];
    let refused: BlockRefused | undefined;
    const head = writer.head();
    const end = {
      tree: new GrowingTree(writer.tree()),
      ledgerTime: head === undefined ? null : writer.ledgerTime(head.number),
    };
    writer.foresee?.(blocks);
    for (const [index, bytes] of blocks.entries()) {
      try {
        added.push(add(bytes, end, added.at(-1)?.block ?? head?.head, facts?.[index]));
      } catch (error) {
        // A block is refused before anything of it is written: those before it stand.
        if (!(error instanceof BlockRefused)) throw error;
        refused = error;
        break;
      }
    }
    moveTo(added.at(-1)?.block);
    return { indexed: added.map(({ indexed }) => indexed), ...(refused && { refused }) };
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

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
