import { Worker } from 'node:worker_threads';

import type { SignatureMethod } from '@passage/ledger';

import type { Trust } from '../trust.js';
import { askThread } from './ask-thread.js';
import { openIndex } from './index-database.js';
import { oneOf } from './indexer.js';
import type { IndexedBlock } from './indexed-block.js';
import type { IndexedBlocks, Indexer } from './indexer.js';
import { BlockRefused } from './verified-block.js';

/** What the thread needs to open the index and to verify. */
export interface IndexerThreadData {
  /** As `openIndex` takes it. */
  readonly place: string;
  readonly trust: Trust;
  readonly chaincode: string;
  /** Together if nothing is said. */
  readonly signatures?: SignatureMethod;
}

/** The thread's answer to some blocks. */
export interface IndexerAnswer {
  readonly indexed: readonly IndexedBlock[];
  readonly refused?: { readonly block: number; readonly check: string; readonly message: string };
  readonly failed?: string;
}

/**
 * The indexer in a thread of its own: signature checks and writes never hold up a query. What is handed over
 * together goes in together. The thread starts with the first block; a fault in it fails what it was given, and the next blocks get
 * a new thread.
 */
export function startIndexerThread(data: IndexerThreadData): Indexer {
  let thread: Worker | undefined;
  const addAll = async (blocks: readonly Uint8Array[]): Promise<IndexedBlocks> => {
    thread ??= new Worker(new URL('./indexer-worker.js', import.meta.url), { workerData: data });
    let answer: IndexerAnswer;
    try {
      answer = await askThread<IndexerAnswer>(thread, blocks);
    } catch (error) {
      await thread.terminate();
      thread = undefined;
      throw error;
    }
    const { indexed, refused, failed } = answer;
    if (failed !== undefined) return { indexed, failed: new Error(failed) };
    if (refused === undefined) return { indexed };
    return { indexed, refused: new BlockRefused(refused.block, refused.check, refused.message) };
  };
  return {
    async head() {
      const index = await openIndex(data.place);
      try {
        const row = await index.rows.selectFrom('head').select(['number', 'header_hash']).executeTakeFirst();
        return row && { number: row.number, headerHash: row.header_hash };
      } finally {
        await index.close();
      }
    },
    add: async (block) => oneOf(await addAll([block])),
    addAll,
    async close() {
      await thread?.terminate();
      thread = undefined;
    },
  };
}
