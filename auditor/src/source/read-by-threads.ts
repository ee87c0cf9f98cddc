import { statSync } from 'node:fs';
import { readPlaced } from './block-files.js';
import { PlacedBlock } from './placed-block.js';
import { placesIn } from './places.js';
import type { BlockSource, SourcedBlock } from './block-source.js';
import type { Outline, OutlineQuestion } from './outline.js';
import type { FramedFile, Place } from './placed-block.js';

/** Who reads blocks elsewhere; undefined stands for an answer, or a block, that he cannot give. */
export interface OutlinePool {
  ask(question: OutlineQuestion): Promise<readonly (Outline | undefined)[] | undefined>;
}

/** Blocks that are asked about together: enough to make the asking worth it. */
const BATCH_BYTES = 2 * 1024 * 1024;
/** Questions that wait for their answers at the same time: more than there are threads, which then never wait themselves. */
const QUESTIONS = 8;

interface Asked extends OutlineQuestion {
  /** Bytes of all files before this one, and up to behind the last of these blocks. */
  readonly before: number;
  readonly end: number;
  readonly answer: Promise<readonly (Outline | undefined)[] | undefined>;
}

/**
 * The blocks of files, as far as level hash wants them: threads read and hash them for themselves, and the one that judges gets
 * everything but the envelopes. Where they cannot go on, the source
 * itself is read from there, and says why.
 */
export function readByThreads(
  source: BlockSource,
  files: readonly FramedFile[],
  pool: OutlinePool,
): BlockSource {
  return {
    description: source.description,
    async *blocks(from = 0) {
      const sizes = files.map(({ path }) => statSync(path).size);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      let [done, end] = [from, 0];
      for (const batch of asked(files, sizes, from, pool)) {
        const outlines = (await batch.answer) ?? [];
        for (const [index, place] of batch.places.entries()) {
          const outline = outlines[index];
          if (outline === undefined) {
            yield* source.blocks(done);
            return;
          }
          done += 1;
          const progress = (batch.before + place.position + place.length) / total;
          yield { ...sourced(batch.file, place, outline), progress };
        }
        end = batch.end;
      }
      if (end < total) yield* source.blocks(done);
    },
  };
}

/**
 * A configuration is read here, whole, and nothing that was found out elsewhere is said of it: what it brings has to be what was
 * hashed. So is block 0, which is no different.
 */
function sourced(
  file: FramedFile,
  place: Place,
  { facts, ...rest }: Outline,
): Omit<SourcedBlock, 'progress'> {
  const read = (): ReturnType<typeof readPlaced> => readPlaced(file, place);
  return facts.startsWithConfig ? { block: read() } : { block: new PlacedBlock(rest, read), facts };
}

/** Asks about the blocks of one file after another, some questions ahead of the one whose answer is wanted. */
function* asked(
  files: readonly FramedFile[],
  sizes: readonly number[],
  from: number,
  pool: OutlinePool,
): Generator<Asked> {
  const waiting: Asked[] = [];
  let before = 0;
  let passedOver = 0;
  for (const [index, file] of files.entries()) {
    for (const batch of batchesOf(placesIn(file.path))) {
      const places = batch.slice(Math.max(0, from - passedOver));
      passedOver += batch.length - places.length;
      const answer = places.length === 0 ? Promise.resolve([]) : pool.ask({ file, places });
      waiting.push({ file, places, before, end: before + endOf(batch), answer });
      const next = waiting.length > QUESTIONS ? waiting.shift() : undefined;
      if (next !== undefined) yield next;
    }
    before += sizes[index] ?? 0;
  }
  yield* waiting;
}

function endOf(batch: readonly Place[]): number {
  const { position, length } = batch.at(-1) ?? { position: 0, length: 0 };
  return position + length;
}

function* batchesOf(places: Iterable<Place>): Generator<readonly Place[]> {
  let [batch, bytes]: [Place[], number] = [[], 0];
  for (const place of places) {
    batch.push(place);
    bytes += place.length;
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
