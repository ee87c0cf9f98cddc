import { sharedWork } from './shared-work.js';
import type { RawBlock } from '@passage/ledger';
import type { AuditFacts } from './audit-facts.js';
import type { BlockSource, SourcedBlock } from './block-source.js';
import type { PieceQueue } from './shared-work.js';

/** Who finds out about blocks. */
export interface Finder {
  /** How many questions others take at once; 0 while there is nobody who would answer soon. */
  atOnce(): number;
  /** Has others get ready. */
  begin(): void;
  /** Has others find out. */
  ask(blocks: readonly RawBlock[]): Promise<readonly AuditFacts[] | undefined>;
  /** Finds out here and now. */
  factsOf(blocks: readonly RawBlock[]): readonly AuditFacts[];
}

/** Blocks that are asked about together: enough to make the asking worth it, which wakes another thread each time. */
const BATCH_BYTES = 768 * 1024;
/** What is read ahead of the block that is judged; and at least so many batches, where blocks are large. */
const AHEAD_BYTES = 4 * 1024 * 1024;
const AHEAD_BATCHES = 4;

interface Batch {
  readonly blocks: readonly SourcedBlock[];
  readonly bytes: number;
}

/**
 * The same source, read ahead, so that others find out about blocks while the first ones are judged. What comes out is what the source
 * gives, in its order; a source that breaks off does so behind its last block.
 */
export function lookingAhead(source: BlockSource, finder: Finder): BlockSource {
  return {
    description: source.description,
    async *blocks(from) {
      const reader = new BatchReader(source.blocks(from));
      const hands = {
        atOnce: () => finder.atOnce(),
        begin: () => {
          finder.begin();
        },
        ask: ({ blocks }: Batch) => finder.ask(blocks.map(({ block }) => block)),
        doHere: ({ blocks }: Batch) => finder.factsOf(blocks.map(({ block }) => block)),
      };
      try {
        for await (const { piece, answer } of sharedWork(reader, hands))
          for (const [index, block] of piece.blocks.entries()) yield withFacts(block, answer?.[index]);
        reader.throwFailure();
      } finally {
        await reader.close();
      }
    },
  };
}

function withFacts(block: SourcedBlock, facts: AuditFacts | undefined): SourcedBlock {
  return facts === undefined ? block : { ...block, facts };
}

class BatchReader implements PieceQueue<Batch> {
  readonly #blocks: AsyncIterator<SourcedBlock>;
  #failure: { readonly error: unknown } | undefined;
  /** Whether the source has come to its end, or broken off. */
  #ended = false;
  /** The first batch is one block: who judges it knows whose signatures to look for in the others. */
  #batchBytes = 0;

  constructor(source: AsyncIterable<SourcedBlock>) {
    this.#blocks = source[Symbol.asyncIterator]();
  }

  /** The next blocks, as many as are asked about together. */
  async next(): Promise<Batch | undefined> {
    const blocks: SourcedBlock[] = [];
    let bytes = 0;
    try {
      while (bytes <= this.#batchBytes && !this.#ended) {
        const next = await this.#blocks.next();
        if (next.done === true) {
          this.#ended = true;
        } else {
          blocks.push(next.value);
          bytes += sizeOf(next.value.block);
        }
      }
    } catch (error) {
      this.#ended = true;
      this.#failure = { error };
    }
    this.#batchBytes = BATCH_BYTES;
    return blocks.length === 0 ? undefined : { blocks, bytes };
  }

  isFull(waiting: readonly Batch[]): boolean {
    const bytes = waiting.reduce((sum, batch) => sum + batch.bytes, 0);
    return bytes >= AHEAD_BYTES && waiting.length >= AHEAD_BATCHES;
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async close(): Promise<void> {
    await this.#blocks.return?.();
  }
}

function sizeOf({ envelopes }: RawBlock): number {
  return envelopes.reduce((sum, { length }) => sum + length, 0);
}
