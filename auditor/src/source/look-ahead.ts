import type { RawBlock } from '@passage/ledger';
import type { AuditFacts } from './audit-facts.js';
import type { BlockSource, SourcedBlock } from './block-source.js';

/** Who finds out about blocks. */
export interface Finder {
  factsOf(blocks: readonly RawBlock[]): Promise<readonly AuditFacts[] | undefined>;
}

/** Blocks that are asked about together: enough to make the asking worth it, which wakes another thread each time. */
const BATCH_BYTES = 768 * 1024;
/** What is read ahead of the block that is judged; and at least so many batches, where blocks are large. */
const AHEAD_BYTES = 4 * 1024 * 1024;
const AHEAD_BATCHES = 4;

interface Batch {
  readonly blocks: readonly SourcedBlock[];
  readonly bytes: number;
  /** Undefined as long as nobody was asked. */
  facts?: Promise<readonly AuditFacts[] | undefined>;
}

/** The same source, read ahead: see `lookAhead`. */
export function lookingAhead(source: BlockSource, finder: Finder): BlockSource {
  return {
    description: source.description,
    blocks: (from) => lookAhead(source.blocks(from), finder),
  };
}

/**
 * Reads blocks ahead and has others find out about them, so that their threads have work while the first ones are judged.
 * What comes out is what the source gives, in its order; a source that breaks off does so behind its last block. A
 * source that ends before there is enough to read ahead is not worth any threads.
 */
async function* lookAhead(source: AsyncIterable<SourcedBlock>, finder: Finder): AsyncGenerator<SourcedBlock> {
  const reader = new BatchReader(source);
  const queue: Batch[] = [];
  try {
    for (;;) {
      while (!reader.ended && !isFull(queue)) queue.push(await reader.next());
      const isWorthIt = !reader.ended || queue.some(({ facts }) => facts !== undefined);
      if (isWorthIt)
        for (const batch of queue) batch.facts ??= finder.factsOf(batch.blocks.map(({ block }) => block));
      const batch = queue.shift();
      if (batch === undefined) break;
      const facts = await batch.facts;
      for (const [index, block] of batch.blocks.entries()) yield withFacts(block, facts?.[index]);
    }
    reader.throwFailure();
  } finally {
    await reader.close();
  }
}

function isFull(queue: readonly Batch[]): boolean {
  const bytes = queue.reduce((sum, batch) => sum + batch.bytes, 0);
  return bytes >= AHEAD_BYTES && queue.length >= AHEAD_BATCHES;
}

function withFacts(block: SourcedBlock, facts: AuditFacts | undefined): SourcedBlock {
  return facts === undefined ? block : { ...block, facts };
}

class BatchReader {
  readonly #blocks: AsyncIterator<SourcedBlock>;
  #failure: { readonly error: unknown } | undefined;
  /** Whether the source has come to its end, or broken off. */
  ended = false;

  constructor(source: AsyncIterable<SourcedBlock>) {
    this.#blocks = source[Symbol.asyncIterator]();
  }

  /** The next blocks, as many as are asked about together; none at the end. */
  async next(): Promise<Batch> {
    const blocks: SourcedBlock[] = [];
    let bytes = 0;
    try {
      while (bytes < BATCH_BYTES && !this.ended) {
        const next = await this.#blocks.next();
        if (next.done === true) {
          this.ended = true;
        } else {
          blocks.push(next.value);
          bytes += sizeOf(next.value.block);
        }
      }
    } catch (error) {
      this.ended = true;
      this.#failure = { error };
    }
    return { blocks, bytes };
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
