import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { gatewayError } from '../errors.js';
import type { BlockSource } from '../fabric/ports.js';
import { compareIndexes } from './compare-indexes.js';
import type { IndexComparison } from './compare-indexes.js';
import { openIndex } from './index-database.js';
import { openIndexer } from './indexer.js';
import { isDamaged } from './sqlite.js';
import type { BlockVerifier } from './verified-block.js';

/** What an index is rebuilt from. */
export interface Rebuild {
  /** The index's file; a gateway may have it open. */
  readonly path: string;
  readonly source: Pick<BlockSource, 'blocks'>;
  /** The rules, over the rebuilt index's own database. */
  readonly verifier: (database: DatabaseSync) => BlockVerifier;
  readonly chaincode: string;
  /** Called after each block. */
  readonly progress?: (block: number, of: number) => void;
}

/** What a rebuild showed. */
export interface VerifiedIndex extends IndexComparison {
  /** Header hash and number of the newest block that the index had when the comparison began. */
  readonly head: { readonly number: number; readonly headerHash: string };
}

/**
 * Rebuilds an index from its peer's blocks in a file beside it, with all checks, up to the block where the index stood, and
 * compares both, row by row. The index itself is only read, as it stood at one moment; the other file is removed.
 * Throws BlockRefused for a block that fails a check, `STORAGE_DAMAGED` where the file cannot be read.
 */
export async function verifyIndex(rebuild: Rebuild): Promise<VerifiedIndex> {
  const beside = `${rebuild.path}.rebuilt`;
  const found = open(rebuild.path);
  try {
    found.exec('BEGIN');
    const head = headOf(found, rebuild.path);
    removeDatabase(beside);
    await fill(beside, rebuild, head.number);
    const rebuilt = new DatabaseSync(beside, { readOnly: true });
    try {
      return { head, ...compareIndexes(found, rebuilt) };
    } finally {
      rebuilt.close();
    }
  } catch (error) {
    throw isDamaged(error) ? damaged(rebuild.path, error) : error;
  } finally {
    found.close();
    removeDatabase(beside);
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true });
  } catch (error) {
    throw damaged(path, error);
  }
}

function headOf(found: DatabaseSync, path: string): VerifiedIndex['head'] {
  const row = found.prepare('SELECT number, header_hash FROM head').get() as
    { number: number; header_hash: string } | undefined;
  if (row) return { number: row.number, headerHash: row.header_hash };
  throw damaged(path, new Error('it has no block'));
}

async function fill(
  path: string,
  { source, verifier, chaincode, progress }: Rebuild,
  upTo: number,
): Promise<void> {
  const index = await openIndex(path);
  const indexer = openIndexer(index, verifier(index.raw), chaincode);
  const stop = new AbortController();
  try {
    for await (const bytes of source.blocks(0, stop.signal)) {
      const { number } = await indexer.add(bytes);
      progress?.(number, upTo);
      if (number >= upTo) return;
    }
    throw gatewayError('LEDGER_UNAVAILABLE', 'the peer ended the stream of blocks', { retryable: true });
  } finally {
    stop.abort();
    await indexer.close();
  }
}

/** Removes an SQLite file with what belongs to it. */
function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
}

function damaged(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return gatewayError('STORAGE_DAMAGED', `${path} cannot be read (${reason})`, {
    cause,
    next: 'Stop the gateway, remove index.sqlite, and start it again: it is filled from the ledger.',
  });
}
