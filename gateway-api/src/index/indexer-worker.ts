import { parentPort, workerData } from 'node:worker_threads';

import { reasonOf } from '../files/disk-full.js';
import { openIndex } from './index-database.js';
import type { IndexerAnswer, IndexerThreadData } from './indexer-thread.js';
import { openIndexer } from './indexer.js';
import { verifierOf } from './ledger-verifier.js';

/** The thread's own side: opens the index once, then answers what became of the blocks that it is given. */
const { place, trust, chaincode, signatures = 'together' } = workerData as IndexerThreadData;
const index = await openIndex(place);
const verifier = verifierOf(trust, chaincode, index.writer, { signatures, yields: true });
const indexer = openIndexer(index, verifier, chaincode);

async function add(blocks: readonly Uint8Array[]): Promise<IndexerAnswer> {
  const { indexed, refused, failed } = await indexer.addAll(blocks);
  if (failed) return { indexed, failed: reasonOf(failed) };
  if (refused === undefined) return { indexed };
  const { block, check, message } = refused;
  return { indexed, refused: { block, check, message } };
}

index.writer.tidyUp?.();
parentPort?.on('message', (blocks: readonly Uint8Array[]) => {
  void add(blocks).then((answer) => {
    parentPort?.postMessage(answer);
    index.writer.tidyUp?.();
  });
});
