import { FactPool, FinderPool } from '@passage/ledger/threads';
import { lookingAhead } from './look-ahead.js';
import { readByThreads } from './read-by-threads.js';
import type { Consenter } from '@passage/ledger';
import type { Level } from '../report.js';
import type { AuditFacts, AuditFactsWanted, DeviceKey } from './audit-facts.js';
import type { BlockSource } from './block-source.js';
import type { Outline, OutlineQuestion } from './outline.js';

/** A source that threads look at ahead of the one that judges. */
export interface ReadAhead {
  readonly source: BlockSource;
  readonly threads: {
    /** Whose signatures on blocks are worth checking. */
    consenters: readonly Consenter[];
    /** Devices whose signatures are worth checking, beside those that were told before. */
    know(devices: readonly DeviceKey[]): void;
    close(): Promise<void>;
  };
}

/**
 * Has threads find out about the blocks of a source beforehand; undefined where that would not pay: at level hash, to copy a block
 * to a thread takes longer than to hash it, so only blocks that it can read for itself are worth one.
 *
 * @param chaincode that devices' statements are sent to.
 */
export function readAhead(
  source: BlockSource,
  count: number,
  level: Level,
  chaincode: string,
): ReadAhead | undefined {
  if (level !== 'hash') {
    const wanted: AuditFactsWanted = { transactions: true, chaincode };
    const worker = new URL('./fact-worker.js', import.meta.url);
    const threads = new FactPool<AuditFacts, DeviceKey>(count, wanted, worker);
    return { source: lookingAhead(source, threads), threads };
  }
  if (source.files === undefined) return undefined;
  const worker = new URL('./outline-worker.js', import.meta.url);
  const threads = new FinderPool<OutlineQuestion, readonly (Outline | undefined)[], DeviceKey>(worker, count);
  return { source: readByThreads(source, source.files, threads), threads };
}
