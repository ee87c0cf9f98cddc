import { gatewayError } from '../errors.js';
import type { BlockSource } from '../fabric/ports.js';
import { inBatches } from './block-batches.js';
import type { BatchLimits } from './block-batches.js';
import { openIndexer } from './indexer.js';
import type { IndexWriter } from './index-writer.js';
import type { OpenIndex } from './open-index.js';
import type { BlockVerifier } from './verified-block.js';

/** Much more than where somebody waits for answers: threads that work ahead are idle at each end of what is handed over together. */
const TOGETHER: BatchLimits = { blocks: 4096, bytes: 32 << 20, least: 4 << 20 };

/** What an index is filled from. */
export interface Filling {
  readonly source: Pick<BlockSource, 'blocks'>;
  /** The rules, over the index that is filled. */
  readonly verifier: (index: IndexWriter) => BlockVerifier;
  readonly chaincode: string;
  /** Called now and then with the newest block. */
  readonly progress?: (block: number, of: number) => void;
}

/**
 * Fills an index with all blocks behind its newest, up to one, and closes it. Throws BlockRefused for a block that fails a check,
 * `LEDGER_UNAVAILABLE` where the source ends before.
 */
export async function fillIndex(
  index: OpenIndex,
  { source, verifier, chaincode, progress }: Filling,
  upTo: number,
): Promise<void> {
  const indexer = openIndexer(index, verifier(index.writer), chaincode);
  const stop = new AbortController();
  try {
    let next = ((await indexer.head())?.number ?? -1) + 1;
    if (next > upTo) return;
    const wanted = (end: AbortSignal) => first(upTo - next + 1, source.blocks(next, end));
    for await (const batch of inBatches(wanted, stop.signal, TOGETHER)) {
      const { indexed, refused, failed } = await indexer.addAll(batch);
      const fault = refused ?? failed;
      if (fault) throw fault;
      next += indexed.length;
      progress?.(next - 1, upTo);
      if (next > upTo) return;
    }
    throw gatewayError('LEDGER_UNAVAILABLE', 'the peer ended the stream of blocks', { retryable: true });
  } finally {
    stop.abort();
    await indexer.close();
  }
}

/** The first so many blocks: a peer's stream goes on with those that are still to come. */
async function* first(count: number, blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const block of blocks) {
    yield block;
    left -= 1;
    if (left === 0) return;
  }
}
