import { closeSync, openSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LedgerError } from '@passage/ledger';
import { release } from '@passage/ledger/threads';
import { AuditError } from '../errors.js';
import { fileChunks } from './file-chunks.js';
import { splitFrames } from './frames.js';
import { decodeBlock, readFully } from './placed-block.js';
import { placesIn } from './places.js';
import type { RawBlock } from '@passage/ledger';
import type { BlockSource } from './block-source.js';
import type { BlockForm, FramedFile, Place } from './placed-block.js';

/** Blocks as a Deliver stream was recorded: (uvarint length, common.Block) again and again. */
export function recordedStream(path: string): BlockSource {
  return framedFiles([{ path, form: 'stream' }]);
}

/** A peer's own block files in their order; each holds (uvarint length, block record) again and again. */
export function peerBlockFiles(paths: readonly string[]): BlockSource {
  return framedFiles(paths.map((path) => ({ path, form: 'record' })));
}

/** One serialized common.Block per file, as `peer channel fetch` writes them. */
export function singleBlocks(paths: readonly string[]): BlockSource {
  return {
    description: describe(paths),
    async *blocks(from = 0) {
      const read = await Promise.all(paths.map(async (path) => parse(path, await readFile(path), 'stream')));
      read.sort((a, b) => a.header.number - b.header.number);
      for (const [index, block] of read.entries())
        if (index >= from) yield { block, progress: (index + 1) / read.length };
    },
  };
}

function framedFiles(files: readonly FramedFile[]): BlockSource {
  const paths = files.map(({ path }) => path);
  return {
    description: describe(paths),
    // What is compressed can be read by nobody but from its beginning.
    ...(paths.some((path) => path.endsWith('.gz')) ? {} : { files }),
    async *blocks(from = 0) {
      const sizes = paths.map((path) => statSync(path).size);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      let before = 0;
      let left = from;
      for (const [index, { path, form }] of files.entries()) {
        for await (const { read, progress } of framesOf(path)) {
          left -= 1;
          if (left >= 0) continue;
          const bytes = read();
          yield {
            block: parse(path, bytes, form),
            progress: (before + progress) / total,
            free: () => {
              release([bytes]);
            },
          };
        }
        before += sizes[index] ?? 0;
      }
    },
  };
}

/** One block as it stands in a file. */
interface FileFrame {
  readonly read: () => Uint8Array;
  /** Bytes of the file up to behind it. */
  readonly progress: number;
}

/**
 * The frames of one file. Each is read where it stands, into memory of its own, and not at all where nobody wants it. What is compressed
 * is read as a stream, and so is what does not end in a whole frame: a stream says why.
 */
async function* framesOf(path: string): AsyncGenerator<FileFrame> {
  let [count, end] = [0, 0];
  const descriptor = path.endsWith('.gz') ? undefined : openedFile(path);
  if (descriptor !== undefined) {
    try {
      for (const place of placesIn(path)) {
        count += 1;
        end = place.position + place.length;
        yield { read: () => readPlace(path, descriptor, place), progress: end };
      }
      if (end === statSync(path).size) return;
    } finally {
      closeSync(descriptor);
    }
  }
  for await (const frame of streamedFrames(path)) {
    count -= 1;
    if (count < 0) yield frame;
  }
}

/** Undefined where it cannot be opened: reading it as a stream says why. */
function openedFile(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}

async function* streamedFrames(path: string): AsyncGenerator<FileFrame> {
  const chunks = fileChunks(path);
  const frames = splitFrames(chunks);
  let count = 0;
  for (;;) {
    const { done, value } = await atFile(path, () => frames.next());
    if (done === true) {
      if (value.length > 0) throw endsEarly(path, count, value.length);
      return;
    }
    count += 1;
    yield { read: () => value, progress: chunks.bytesRead };
  }
}

function endsEarly(path: string, blocks: number, left: number): AuditError {
  const next =
    blocks === 0 ? 'Check that it is a file of blocks' : 'Copy it again, or stop its peer before copying';
  return new AuditError(
    'SOURCE_TRUNCATED',
    `${path} ends in the middle of a block: after ${blocks} whole blocks ${left} bytes are left. ${next}`,
  );
}

/**
 * Reads one block where it stands in its file.
 *
 * @throws AuditError SOURCE_UNREADABLE, also where the file has become shorter
 */
export function readPlaced({ path, form }: FramedFile, place: Place): RawBlock {
  const descriptor = openSync(path, 'r');
  try {
    return parse(path, readPlace(path, descriptor, place), form);
  } finally {
    closeSync(descriptor);
  }
}

function readPlace(path: string, descriptor: number, { position, length }: Place): Uint8Array {
  const bytes = new Uint8Array(length);
  if (readFully(descriptor, bytes, position)) return bytes;
  throw new AuditError('SOURCE_UNREADABLE', `${path} has become shorter while it was read: try again`);
}

function parse(path: string, bytes: Uint8Array, form: BlockForm): RawBlock {
  try {
    return decodeBlock(form, bytes);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function atFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  if (!(error instanceof LedgerError)) return error;
  return new AuditError(
    'SOURCE_UNREADABLE',
    `${path} holds something that is no block (${error.message}): check that it is the file you mean`,
    { cause: error },
  );
}

function describe(paths: readonly string[]): string {
  const [first = 'nothing', ...others] = paths;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
