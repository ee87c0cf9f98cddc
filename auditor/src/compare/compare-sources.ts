import { type ChainHead, linkNextBlock, type RawBlock } from '@passage/ledger';
import { startTrusted } from '../trusted-start.js';
import { breach } from './breach.js';
import { requireBlocks, SeveralSources } from './several-sources.js';
import type { ReplayProgress } from '../replay-options.js';
import type { AuditDifference } from '../report.js';
import type { BlockSource } from '../source/block-source.js';
import type { ComparisonReport } from './compare-report.js';
import type { SourceDifference } from './source-difference.js';

export interface CompareOptions {
  /** Header hash of block 0, lower-case hex. */
  readonly genesisHash: string;
  /** Go on after the first difference that is no height, to name them all. */
  readonly all?: boolean;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

/** The chain so far, and how its last block breaks the rules that stand in blocks alone. */
interface Linked {
  readonly head?: ChainHead;
  readonly broken: readonly AuditDifference[];
}

/**
 * Holds two or more sources against each other, block by block. What all have alike is looked at no further than its hashes, links
 * and the orderers' signatures, which are judged by the configuration in force.
 *
 * @throws AuditError where no source can be read to its end; SOURCE_NOT_FOUND where none holds a block
 */
export async function compareSources(
  sources: readonly BlockSource[],
  { genesisHash, all = false, onProgress }: CompareOptions,
): Promise<ComparisonReport> {
  const several = new SeveralSources(sources);
  const comparison = new Comparison(several, genesisHash);
  for await (const { block, progress } of several.blocks()) {
    comparison.take(block);
    const { blocks, transactions } = comparison;
    onProgress?.({ blocks, transactions, done: progress });
    if (!comparison.goesOn(all)) break;
  }
  return comparison.report();
}

/** What holding sources against each other has come to so far. */
class Comparison {
  readonly #several: SeveralSources;
  readonly #genesisHash: string;
  readonly #differences: SourceDifference[] = [];
  #head: ChainHead | undefined;
  blocks = 0;
  transactions = 0;

  constructor(several: SeveralSources, genesisHash: string) {
    this.#several = several;
    this.#genesisHash = genesisHash;
  }

  /** Takes the block that the sources were asked for last. */
  take(block: RawBlock): void {
    const { head, broken } = link(this.#head, block, this.#genesisHash);
    const unlike = this.#several.compare(this.#head?.config);
    this.#differences.push(...unlike);
    // Where sources differ in a block, that says more than that one of them breaks a rule; but without a beginning there is no more.
    const isTold = head !== undefined && unlike.some(isNoHeight);
    if (!isTold) this.#differences.push(...broken.map((one) => breach(one, this.#several.holders)));
    this.#head = head;
    this.blocks += 1;
    this.transactions += block.envelopes.length;
  }

  /** Whether there is a next block to be looked at. */
  goesOn(all: boolean): boolean {
    return this.#head !== undefined && (all || !this.#differences.some(isNoHeight));
  }

  /** @throws AuditError SOURCE_NOT_FOUND */
  report(): ComparisonReport {
    const { standings } = this.#several;
    requireBlocks(this.#several, this.blocks);
    return {
      channel: this.#head?.channel ?? '',
      genesisHash: this.#genesisHash,
      sources: standings,
      blocks: this.blocks,
      transactions: this.transactions,
      differences: this.#differences,
      complete: standings.every(({ reading }) => reading === 'ended'),
    };
  }
}

function isNoHeight({ kind }: SourceDifference): boolean {
  return kind !== 'height';
}

function link(head: ChainHead | undefined, block: RawBlock, genesisHash: string): Linked {
  if (head !== undefined) {
    const linked = linkNextBlock(head, block);
    return { head: linked.head, broken: linked.differences };
  }
  const started = startTrusted(block, genesisHash);
  return 'head' in started ? { head: started.head, broken: started.differences } : { broken: [started] };
}
