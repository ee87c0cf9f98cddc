import { statSync } from 'node:fs';
import { decodeBlockRecord } from '@passage/ledger';
import { readPlaced } from './block-files.js';
import { PlacedBlock } from './placed-block.js';
import { placesIn } from './places.js';
import { sharedWork } from './shared-work.js';
import type { BlockFacts, RawBlock } from '@passage/ledger';
import type { BlockSource, SourcedBlock } from './block-source.js';
import type { Outline, OutlineQuestion } from './outline.js';
import type { FramedFile, Place } from './placed-block.js';
import type { Hands } from './shared-work.js';

/** What orderers sign, and the signatures. */
type SignedPart = Pick<RawBlock, 'header' | 'metadata'>;

/** Who reads blocks where they stand; undefined stands for a block that he cannot give. */
export interface OutlineHands extends Hands<OutlineQuestion, readonly (Outline | undefined)[]> {
  /** The good signatures of orderers on each of these blocks, checked together, here and now. */
  ordererSignatures(blocks: readonly SignedPart[]): readonly (readonly string[])[];
}

/**
 * Blocks that are asked about together: many, so that their orderers' signatures are, too. It takes no more memory than one block,
 * because nobody keeps what he has hashed.
 */
const PIECE_BYTES = 16 * 1024 * 1024;
/** Questions that are known beforehand: so many may be answered before the next that is wanted. */
const QUESTIONS = 4;
/** What there has to be for others to be asked at all. */
export const WORTH_ASKING = QUESTIONS * PIECE_BYTES;

/** Blocks of one file. */
interface Stretch extends OutlineQuestion {
  /** Bytes of all files before this one, and up to behind the last of these blocks. */
  readonly before: number;
  readonly end: number;
}

/**
 * The blocks of files, as far as level hash wants them: threads read and hash them for themselves, and the one that judges gets
 * everything but the envelopes. Where they cannot go on, the source
 * itself is read from there, and says why.
 *
 * @param pieceBytes of blocks that are asked about together, at least; 16 MiB if nothing is said.
 */
export function readByThreads(
  source: BlockSource,
  files: readonly FramedFile[],
  hands: OutlineHands,
  pieceBytes = PIECE_BYTES,
): BlockSource {
  return {
    description: source.description,
    async *blocks(from = 0) {
      const sizes = files.map(({ path }) => statSync(path).size);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      let [done, end] = [from, 0];
      const stretches = stretchesOf(files, sizes, from, pieceBytes);
      const queue = {
        next: () => Promise.resolve(stretches.next().value),
        isFull: (waiting: readonly Stretch[]) => waiting.length >= QUESTIONS,
      };
      const work = sharedWork<Stretch, readonly (Outline | undefined)[]>(queue, hands);
      for await (const { piece, answer = hands.doHere(piece) } of work) {
        const hashed = hashedBlocks(answer ?? [], hands);
        for (const [index, place] of piece.places.entries()) {
          const block = hashed[index];
          if (block === undefined) {
            yield* source.blocks(done);
            return;
          }
          done += 1;
          const progress = (piece.before + place.position + place.length) / total;
          yield { ...sourced(piece.file, place, block), progress };
        }
        end = piece.end;
      }
      if (end < total) yield* source.blocks(done);
    },
  };
}

/** A block without its envelopes, and all that level hash wants to know of them. */
interface HashedBlock extends SignedPart {
  readonly facts: BlockFacts;
}

/** The blocks up to the first that could not be read. */
function hashedBlocks(answer: readonly (Outline | undefined)[], hands: OutlineHands): HashedBlock[] {
  const end = answer.indexOf(undefined);
  const outlines = (end < 0 ? answer : answer.slice(0, end)) as readonly Outline[];
  const parts = outlines.map(({ record }) => decodeBlockRecord(record));
  const signatures = hands.ordererSignatures(parts);
  return parts.map(({ header, metadata }, index) => {
    const { facts } = outlines[index] as Outline;
    return { header, metadata, facts: { ...facts, ordererSignatures: signatures[index] ?? [] } };
  });
}

/**
 * A configuration is read here, whole, and nothing that was found out elsewhere is said of it: what it brings has to be what was
 * hashed. So is block 0, which is no different.
 */
function sourced(
  file: FramedFile,
  place: Place,
  { facts, ...rest }: HashedBlock,
): Omit<SourcedBlock, 'progress'> {
  const read = (): ReturnType<typeof readPlaced> => readPlaced(file, place);
  return facts.startsWithConfig ? { block: read() } : { block: new PlacedBlock(rest, read), facts };
}

/** The blocks of one file after another, but for the first `from`, which are passed over. */
function* stretchesOf(
  files: readonly FramedFile[],
  sizes: readonly number[],
  from: number,
  pieceBytes: number,
): Generator<Stretch, undefined> {
  let before = 0;
  let left = from;
  let end = 0;
  for (const [index, file] of files.entries()) {
    for (const batch of batchesOf(placesIn(file.path), pieceBytes)) {
      const places = batch.slice(left);
      left -= batch.length - places.length;
      end = before + endOf(batch);
      yield { file, places, before, end };
    }
    before += sizes[index] ?? 0;
    // A file that does not end in a whole block is not passed over: who reads on from there says what is wrong.
    if (end < before) return;
  }
}

function endOf(batch: readonly Place[]): number {
  const { position, length } = batch.at(-1) ?? { position: 0, length: 0 };
  return position + length;
}

/** The first batch is one block: who judges it knows whose signatures to look for in the others. */
function* batchesOf(places: Iterable<Place>, pieceBytes: number): Generator<readonly Place[]> {
  let [batch, bytes, most]: [Place[], number, number] = [[], 0, 0];
  for (const place of places) {
    batch.push(place);
    bytes += place.length;
    if (bytes <= most) continue;
    yield batch;
    [batch, bytes, most] = [[], 0, pieceBytes];
  }
  if (batch.length > 0) yield batch;
}
