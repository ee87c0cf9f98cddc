import { FactPool, FinderPool } from '@passage/ledger/threads';
import { lookingAhead } from './look-ahead.js';
import { readByThreads } from './read-by-threads.js';
import type { Consenter } from '@passage/ledger';
import type { Level } from '../report.js';
import type { BlockSource } from './block-source.js';
import type { Outline, OutlineQuestion } from './outline.js';

/** A source that threads look at ahead of the one that judges. */
export interface ReadAhead {
  readonly source: BlockSource;
  readonly threads: {
    /** Whose signatures on blocks are worth checking. */
    consenters: readonly Consenter[];
    close(): Promise<void>;
  };
}

/**
 * Has threads find out about the blocks of a source beforehand; undefined where that would not pay: at level hash, to copy a block
 * to a thread takes longer than to hash it, so only blocks that it can read for itself are worth one.
 */
export function readAhead(source: BlockSource, count: number, level: Level): ReadAhead | undefined {
  if (level !== 'hash') {
    const threads = new FactPool(count, { transactions: true });
    return { source: lookingAhead(source, threads), threads };
  }
  if (source.files === undefined) return undefined;
  const worker = new URL('./outline-worker.js', import.meta.url);
  const threads = new FinderPool<OutlineQuestion, readonly (Outline | undefined)[]>(worker, count);
  return { source: readByThreads(source, source.files, threads), threads };
}
