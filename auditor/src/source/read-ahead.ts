import { FactFinder } from '@passage/ledger';
import { FactPool, FinderPool } from '@passage/ledger/threads';
import { lookingAhead } from './look-ahead.js';
import { OutlineReader } from './outline.js';
import { readByThreads } from './read-by-threads.js';
import type { Consenter, RawBlock } from '@passage/ledger';
import type { Level } from '../report.js';
import type { AuditFacts, AuditFactsWanted, DeviceKey } from './audit-facts.js';
import type { BlockSource } from './block-source.js';
import type { Outline, OutlineQuestion } from './outline.js';

/** A source that threads look at ahead of the one that judges. */
export interface ReadAhead {
  readonly source: BlockSource;
  /** Tells everybody who looks whose signatures on blocks are worth checking. */
  look(consenters: readonly Consenter[]): void;
  /** Devices whose signatures are worth checking, beside those that were told before. */
  know(devices: readonly DeviceKey[]): void;
  close(): Promise<void>;
}

/** How many questions wait at each thread, so that it has work while an answer is on its way. */
const QUESTIONS_PER_THREAD = 2;

/**
 * Has threads find out about the blocks of a source beforehand; undefined where that would not pay: at level hash, to copy a block
 * to a thread takes longer than to hash it, so only blocks that it can read for itself are worth one.
 *
 * @param count of all threads, with the one that judges, which lends a hand where it would wait.
 * @param how devices' statements are recognised, and signatures checked.
 */
export function readAhead(
  source: BlockSource,
  count: number,
  level: Level,
  how: Omit<AuditFactsWanted, 'transactions'>,
): ReadAhead | undefined {
  const others = count - 1;
  if (level !== 'hash') return lookedAt(source, others, { transactions: true, ...how });
  return source.files === undefined ? undefined : outlined(source, source.files, others, how);
}

function lookedAt(source: BlockSource, others: number, wanted: AuditFactsWanted): ReadAhead {
  const worker = new URL('./fact-worker.js', import.meta.url);
  const pool = new FactPool<AuditFacts, DeviceKey>(others, wanted, worker);
  const here = new FactFinder(wanted);
  const hands = {
    atOnce: others * QUESTIONS_PER_THREAD,
    ask: pool.factsOf.bind(pool),
    factsOf: (blocks: readonly RawBlock[]) => factsOfAll(here, blocks),
  };
  return withBoth(lookingAhead(source, hands), pool, here);
}

function outlined(
  source: BlockSource,
  files: NonNullable<BlockSource['files']>,
  others: number,
  { signatures }: Pick<AuditFactsWanted, 'signatures'>,
): ReadAhead {
  const worker = new URL('./outline-worker.js', import.meta.url);
  const pool = new FinderPool<OutlineQuestion, readonly (Outline | undefined)[], DeviceKey>(
    worker,
    others,
    signatures,
  );
  const here = new OutlineReader(signatures);
  const hands = {
    atOnce: others * QUESTIONS_PER_THREAD,
    ask: ({ file, places }: OutlineQuestion) => pool.ask({ file, places }),
    doHere: here.outlinesOf.bind(here),
  };
  return withBoth(readByThreads(source, files, hands), pool, here);
}

/** Lets the threads and the one that judges look for the same. */
function withBoth(
  source: BlockSource,
  pool: FactPool<AuditFacts, DeviceKey> | FinderPool<OutlineQuestion, unknown, DeviceKey>,
  here: { consenters: readonly Consenter[] },
): ReadAhead {
  return {
    source,
    look(consenters) {
      pool.consenters = consenters;
      here.consenters = consenters;
    },
    know: (devices) => {
      pool.know(devices);
    },
    close: () => pool.close(),
  };
}

/** Signatures of all the blocks are checked together. */
function factsOfAll(finder: FactFinder, blocks: readonly RawBlock[]): readonly AuditFacts[] {
  const batch = finder.newBatch();
  const found = blocks.map((block) => finder.lookAt(block, batch));
  return found.map((facts) => facts());
}
