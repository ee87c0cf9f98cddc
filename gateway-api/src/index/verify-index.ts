import { gatewayError } from '../errors.js';
import type { BlockSource } from '../fabric/ports.js';
import { inBatches } from './block-batches.js';
import { compareIndexes } from './compare-indexes.js';
import type { IndexComparison } from './compare-indexes.js';
import { openIndex, openSnapshot } from './index-database.js';
import type { IndexSnapshot } from './index-snapshot.js';
import type { IndexWriter } from './index-writer.js';
import { eachRow } from './index-snapshot.js';
import { shownPlace } from './index-place.js';
import { openIndexer } from './indexer.js';
import { isDamaged } from './sqlite.js';
import { removeSqliteFile } from './sqlite/sqlite-index.js';
import type { BlockVerifier } from './verified-block.js';

/** What an index is rebuilt from. */
export interface Rebuild {
  /** Where the index is, as `openIndex` takes it; a gateway may have it open. */
  readonly place: string;
  /** The file that is filled anew, and removed in the end. */
  readonly beside: string;
  readonly source: Pick<BlockSource, 'blocks'>;
  /** The rules, over the rebuilt index's own database. */
  readonly verifier: (index: IndexWriter) => BlockVerifier;
  readonly chaincode: string;
  /** Called now and then with the newest block. */
  readonly progress?: (block: number, of: number) => void;
}

/** What a rebuild showed. */
export interface VerifiedIndex extends IndexComparison {
  /** Header hash and number of the newest block that the index had when the comparison began. */
  readonly head: { readonly number: number; readonly headerHash: string };
}

/**
 * Rebuilds an index from its peer's blocks in a file of its own, with all checks, up to the block where the index stood, and
 * compares both, row by row. The index itself is only read, as it stood at one moment; the other file is removed.
 * Throws BlockRefused for a block that fails a check, `STORAGE_DAMAGED` where the file cannot be read.
 */
export async function verifyIndex(rebuild: Rebuild): Promise<VerifiedIndex> {
  const { place, beside } = rebuild;
  const found = await open(place);
  try {
    const head = await headOf(found, place);
    removeSqliteFile(beside);
    await fill(rebuild, head.number);
    const rebuilt = await openSnapshot(beside);
    try {
      return { head, ...(await compareIndexes(found, rebuilt)) };
    } finally {
      await rebuilt.close();
    }
  } catch (error) {
    throw isDamaged(error) ? damaged(place, error) : error;
  } finally {
    await found.close();
    removeSqliteFile(beside);
  }
}

async function open(place: string): Promise<IndexSnapshot> {
  try {
    return await openSnapshot(place);
  } catch (error) {
    throw damaged(place, error);
  }
}

async function headOf(found: IndexSnapshot, place: string): Promise<VerifiedIndex['head']> {
  for await (const { number, header_hash } of eachRow(found, 'head', ['id']))
    return { number: Number(number), headerHash: String(header_hash) };
  throw damaged(place, new Error('it has no block'));
}

async function fill({ beside, source, verifier, chaincode, progress }: Rebuild, upTo: number): Promise<void> {
  const index = await openIndex(beside);
  const indexer = openIndexer(index, verifier(index.writer), chaincode);
  const stop = new AbortController();
  let done = 0;
  try {
    for await (const batch of inBatches((end) => source.blocks(0, end), stop.signal)) {
      const { indexed, refused, failed } = await indexer.addAll(upToBlock(batch, upTo, done));
      const fault = refused ?? failed;
      if (fault) throw fault;
      done += indexed.length;
      progress?.(done - 1, upTo);
      if (done > upTo) return;
    }
    throw gatewayError('LEDGER_UNAVAILABLE', 'the peer ended the stream of blocks', { retryable: true });
  } finally {
    stop.abort();
    await indexer.close();
  }
}

/** As many of the blocks as are wanted: numbers count from `first`. */
function upToBlock(blocks: readonly Uint8Array[], last: number, first: number): readonly Uint8Array[] {
  return blocks.slice(0, last - first + 1);
}

function damaged(place: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return gatewayError('STORAGE_DAMAGED', `${shownPlace(place)} cannot be read (${reason})`, {
    cause,
    next: 'Stop the gateway, remove the index, and start it again: it is filled from the ledger.',
  });
}
