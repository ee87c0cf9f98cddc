import {
  type ChainHead,
  MemoryState,
  type RawBlock,
  toHex,
  verifyNextBlock,
  type VerifiedBlock,
} from '@passage/ledger';
import { startTrusted } from '../trusted-start.js';
import { breach } from './breach.js';
import { LedgerCheckpoints, stateParts } from './ledger-digest.js';
import { requireBlocks, SeveralSources } from './several-sources.js';
import { unlikeIndex } from './unlike-index.js';
import type { AuditDifference } from '../report.js';
import type { BlockSource } from '../source/block-source.js';
import type { ComparisonReport } from './compare-report.js';
import type { CompareOptions } from './compare-sources.js';
import type { IndexDigest } from './index-digest-file.js';
import type { LedgerDigest } from './unlike-index.js';
import type { SourceDifference } from './source-difference.js';
import type { SourceStanding } from './source-standing.js';

/** An exported digest, and where it was read from. */
export interface NamedDigest {
  readonly place: string;
  readonly digest: IndexDigest;
}

/**
 * Holds what an index says that it holds against the ledger. The ledger is judged up to the index's height by Fabric's rules, from the
 * genesis hash on, so that headers, verdicts and world state are those that follow from the blocks, whatever peers wrote.
 *
 * @throws AuditError where no source can be read; SOURCE_NOT_FOUND where none holds a block
 */
export async function compareIndex(
  sources: readonly BlockSource[],
  { place, digest }: NamedDigest,
  { genesisHash, onProgress }: Omit<CompareOptions, 'all'>,
): Promise<ComparisonReport> {
  const several = new SeveralSources(sources);
  const ledger = new JudgedLedger(genesisHash, digest);
  const differences: SourceDifference[] = [];
  for await (const { block } of several.blocks()) {
    const config = ledger.head?.config;
    const broken = ledger.take(block);
    differences.push(...several.compare(config), ...broken.map((one) => breach(one, several.holders)));
    const { blocks, transactions } = ledger;
    onProgress?.({ blocks, transactions, done: Math.min(1, blocks / digest.height) });
    if (differences.length > 0 || blocks === digest.height) break;
  }
  requireBlocks(several, ledger.blocks);
  const index = `index ${place}`;
  const isSound = differences.length === 0;
  if (isSound) differences.push(...unlikeIndex(ledger.digest(), digest, several.description, index));
  const confirmed = isSound ? Math.min(differences[0]?.block ?? ledger.blocks, ledger.blocks) : 0;
  return {
    channel: ledger.head?.channel ?? '',
    genesisHash,
    sources: [...several.standings, indexStanding(index, digest, confirmed)],
    index: true,
    blocks: ledger.blocks,
    transactions: ledger.transactions,
    differences,
    complete: isSound,
  };
}

/** @param confirmed how many blocks the ledger has as the index says */
function indexStanding(source: string, { height }: IndexDigest, confirmed: number): SourceStanding {
  const agrees = confirmed === 0 ? [] : [[0, confirmed - 1] as const];
  return { source, height, gave: [], agrees, reading: 'ended' };
}

/** A ledger that is judged block by block, with what an index should say of it. */
class JudgedLedger {
  readonly #genesisHash: string;
  readonly #height: number;
  readonly #state = new MemoryState();
  readonly #transactionIds = new Set<string>();
  readonly #checkpoints: LedgerCheckpoints;
  head: ChainHead | undefined;
  blocks = 0;
  transactions = 0;

  constructor(genesisHash: string, { height, every }: IndexDigest) {
    this.#genesisHash = genesisHash;
    this.#height = height;
    this.#checkpoints = new LedgerCheckpoints(every);
  }

  /** Judges the next block, and says which rules it breaks. */
  take(block: RawBlock): readonly AuditDifference[] {
    this.blocks += 1;
    this.transactions += block.envelopes.length;
    const verified = this.#verify(block);
    if (!('head' in verified)) return [verified];
    const { head, verdict, differences } = verified;
    this.head = head;
    this.#state.apply(verdict.updates);
    for (const { txId } of verdict.transactions) if (txId !== '') this.#transactionIds.add(txId);
    this.#checkpoints.take(block, verdict.transactions, this.blocks === this.#height);
    return differences;
  }

  digest(): LedgerDigest {
    return {
      channel: this.head?.channel ?? '',
      height: this.blocks,
      genesisHash: this.#genesisHash,
      headerHash: toHex(this.head?.headerHash ?? new Uint8Array()),
      commitHash: toHex(this.head?.commitHash ?? new Uint8Array()),
      checkpoints: this.#checkpoints.checkpoints,
      state: stateParts(this.#state),
    };
  }

  #verify(block: RawBlock): VerifiedBlock | AuditDifference {
    if (this.head === undefined) return startTrusted(block, this.#genesisHash);
    return verifyNextBlock(this.head, block, this.#state, {
      isKnownTransaction: (txId) => this.#transactionIds.has(txId),
    });
  }
}
