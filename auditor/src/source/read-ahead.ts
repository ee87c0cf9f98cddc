import { statSync } from 'node:fs';
import { FactFinder } from '@passage/ledger';
import { FactPool, ThreadPool } from '@passage/ledger/threads';
import { lookingAhead } from './look-ahead.js';
import { OutlineReader } from './outline.js';
import { readByThreads, WORTH_ASKING } from './read-by-threads.js';
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
const QUESTIONS_PER_THREAD = 3;
/** The same at level hash, where as many are left for the one that judges: he hashes as much as each of the others. */
const PIECES_PER_THREAD = 2;

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
    atOnce: () => pool.ready * QUESTIONS_PER_THREAD,
    begin: pool.begin.bind(pool),
    ask: pool.factsOf.bind(pool),
    factsOf: (blocks: readonly RawBlock[]) => factsOfAll(here, blocks),
  };
  return {
    source: lookingAhead(source, hands),
    // Both look for the same.
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

/** Threads hash what they read for themselves. The one that judges checks orderers' signatures: few, and small. */
function outlined(
  source: BlockSource,
  files: NonNullable<BlockSource['files']>,
  others: number,
  { signatures }: Pick<AuditFactsWanted, 'signatures'>,
): ReadAhead {
  // Threads begin at once: they are there when the first block is judged.
  const bytes = files.reduce((sum, { path }) => sum + statSync(path).size, 0);
  const threads = bytes < WORTH_ASKING ? 0 : others;
  const worker = new URL('./outline-worker.js', import.meta.url);
  const pool = new ThreadPool<never, OutlineQuestion, readonly (Outline | undefined)[]>(worker, threads);
  const finder = new FactFinder({ transactions: false, ...(signatures && { signatures }) });
  const here = new OutlineReader();
  const hands = {
    atOnce: () => pool.ready * PIECES_PER_THREAD,
    begin: () => undefined,
    ask: (question: OutlineQuestion) => pool.ask(question),
    doHere: here.outlinesOf.bind(here),
    ordererSignatures: finder.ordererSignaturesOf.bind(finder),
  };
  return {
    source: readByThreads(source, files, hands),
    look(consenters) {
      finder.consenters = consenters;
    },
    know: () => undefined,
    close: () => pool.close(),
  };
}
