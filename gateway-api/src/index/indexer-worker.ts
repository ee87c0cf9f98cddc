import { parentPort, workerData } from 'node:worker_threads';

import { reasonOf } from '../files/disk-full.js';
import { openIndex } from './index-database.js';
import type { IndexerAnswer, IndexerThreadData } from './indexer-thread.js';
import { openIndexer } from './indexer.js';
import { LedgerVerifier } from './ledger-verifier.js';
import { BlockRefused } from './verified-block.js';

/** The thread's own side: opens the index once, then answers each block with what became of it. */
const { place, trust, chaincode } = workerData as IndexerThreadData;
const index = await openIndex(place);
const indexer = openIndexer(index, new LedgerVerifier(trust, chaincode, index.writer), chaincode);

async function add(block: Uint8Array): Promise<IndexerAnswer> {
  try {
    return { indexed: await indexer.add(block) };
  } catch (error) {
    if (!(error instanceof BlockRefused)) return { failed: reasonOf(error) };
    return { refused: { block: error.block, check: error.check, message: error.message } };
  }
}

parentPort?.on('message', (block: Uint8Array) => {
  void add(block).then((answer) => parentPort?.postMessage(answer));
});
