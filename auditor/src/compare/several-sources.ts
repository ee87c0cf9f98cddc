import { AuditError } from '../errors.js';
import { BlockRangeCollector } from './block-ranges.js';
import { SourceReader } from './source-reader.js';
import { standingOf, type SourceStanding } from './source-standing.js';
import { describeSigned, hasSameHeader, unlikeBlocks } from './unlike-blocks.js';
import type { ChannelConfig } from '@passage/ledger';
import type { BlockSource, SourcedBlock } from '../source/block-source.js';
import type { SourceDifference } from './source-difference.js';

/** A source's block at one height. */
interface Held {
  readonly entry: Entry;
  readonly sourced: SourcedBlock;
}

interface Entry {
  readonly reader: SourceReader;
  readonly gave: BlockRangeCollector;
  readonly agrees: BlockRangeCollector;
}

/** What the sources have at one height; the first of `held` is what the others are held against. */
interface Step {
  readonly number: number;
  readonly held: readonly Held[];
  /** Who has come to his end here, though others have more. */
  readonly short: readonly Entry[];
}

/**
 * Several sources as one: gives the blocks of the first, and holds those of the others against them, one height after another, so
 * that no more than one block of each is in memory. Where the first has no more, the next one that has gives its blocks. Who has
 * another header leaves the round, and so does who cannot be read; it is told by `standings`.
 */
export class SeveralSources implements BlockSource {
  readonly description: string;
  readonly #sources: readonly BlockSource[];
  #entries: readonly Entry[] = [];
  #step: Step | undefined;

  constructor(sources: readonly BlockSource[]) {
    this.#sources = sources;
    this.description = sources.map(({ description }) => description).join(', ');
  }

  /** @throws AuditError of the first source, where none of them can be read to its end */
  async *blocks(from = 0): AsyncGenerator<SourcedBlock> {
    this.#entries = this.#sources.map((source) => ({
      reader: new SourceReader(source, from),
      gave: new BlockRangeCollector(),
      agrees: new BlockRangeCollector(),
    }));
    try {
      for (let number = from; ; number += 1) {
        const step = await this.#read(number);
        const [first] = step.held;
        if (first === undefined) break;
        this.#step = step;
        await this.#note(step, first);
        yield first.sourced;
      }
    } finally {
      for (const { reader } of this.#entries) await reader.stop();
    }
    const readers = this.#entries.map(({ reader }) => reader);
    const [failure] = readers.flatMap((reader) => reader.failure ?? []);
    if (failure !== undefined && !readers.some(({ hasEnded }) => hasEnded)) throw failure;
  }

  /**
   * Holds what the sources have against each other at the height of the block that was given last; to be called once for each.
   *
   * @param config in force before that block, whose orderers sign; none before block 0
   */
  compare(config: ChannelConfig | undefined): readonly SourceDifference[] {
    if (this.#step === undefined) return [];
    const { number, held, short } = this.#step;
    const blocks = held.map(({ entry, sourced }) => ({ source: entry.reader.name, block: sourced.block }));
    const [first] = blocks;
    const unlike = unlikeBlocks(number, blocks, config);
    const others = new Set(
      unlike.flatMap(({ versions }) => versions.slice(1).flatMap(({ sources }) => sources)),
    );
    for (const { reader, agrees } of held.map(({ entry }) => entry))
      if (!others.has(reader.name)) agrees.add(number);
    if (first === undefined || short.length === 0) return unlike;
    const height: SourceDifference = {
      block: number,
      kind: 'height',
      versions: [
        { sources: this.holders, ...describeSigned(first.block, config) },
        { sources: short.map(({ reader }) => reader.name), has: `no more than ${String(number)} blocks` },
      ],
    };
    return [height, ...unlike];
  }

  /** Who has the header of the block that was given last, in the order in which they were named. */
  get holders(): readonly string[] {
    const { held = [] } = this.#step ?? {};
    const same = held.filter(
      ({ sourced }) => held[0] !== undefined && hasSameHeader(held[0].sourced.block, sourced.block),
    );
    return same.map(({ entry }) => entry.reader.name);
  }

  /** How each source stands. */
  get standings(): readonly SourceStanding[] {
    return this.#entries.map(({ reader, gave, agrees }) => standingOf(reader, gave.ranges, agrees.ranges));
  }

  /** The next block of every source that is still read. Who has none, though others do, is asked a second time. */
  async #read(number: number): Promise<Step> {
    const read = this.#entries.filter(({ reader }) => reader.isRead);
    const got = await Promise.all(read.map(async (entry) => ({ entry, sourced: await entry.reader.next() })));
    const others = got.some(({ sourced }) => sourced !== undefined);
    const asked = await Promise.all(
      got.map(async ({ entry, sourced }) => ({
        entry,
        sourced: sourced ?? (others && entry.reader.hasEnded ? await entry.reader.nextAfterAll() : undefined),
      })),
    );
    return {
      number,
      held: asked.flatMap(({ entry, sourced }) => (sourced === undefined ? [] : [{ entry, sourced }])),
      short: asked.flatMap(({ entry, sourced }) =>
        sourced === undefined && others && entry.reader.hasEnded ? [entry] : [],
      ),
    };
  }

  /** Who gave the block, and who has another one and is read no further. */
  async #note({ number, held }: Step, first: Held): Promise<void> {
    first.entry.gave.add(number);
    for (const { entry, sourced } of held)
      if (!hasSameHeader(first.sourced.block, sourced.block)) await entry.reader.part();
  }
}

/** @throws AuditError SOURCE_NOT_FOUND where they gave none */
export function requireBlocks({ description }: SeveralSources, blocks: number): void {
  if (blocks > 0) return;
  throw new AuditError('SOURCE_NOT_FOUND', `${description} hold no block: give sources that do`);
}
