import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AuditError } from '../errors.js';
import { sourceFailure } from './source-failure.js';
import { peerBlockFiles, recordedStream, singleBlocks } from './block-files.js';
import type { BlockSource } from './block-source.js';

const RECORDED_STREAM = /^blocks\.bin(\.gz)?$/;
const PEER_BLOCK_FILE = /^blockfile_\d{6}(\.gz)?$/;
const SINGLE_BLOCK = /\.block$/;

/**
 * Picks the blocks in a folder, or takes one file. Of what a folder may hold, the first of these counts: a recorded
 * stream (`blocks.bin`), a peer's block files (`blockfile_NNNNNN`), single blocks (`*.block`); the first two also gzipped.
 *
 * @throws AuditError SOURCE_NOT_FOUND, or SOURCE_UNREADABLE where the folder may not be read
 */
export function openRecorded(path: string): BlockSource {
  try {
    return opened(path);
  } catch (error) {
    throw sourceFailure(path, error);
  }
}

function opened(path: string): BlockSource {
  if (!existsSync(path)) {
    throw new AuditError(
      'SOURCE_NOT_FOUND',
      `${path} does not exist: give --from a folder or file with blocks`,
    );
  }
  if (!statSync(path).isDirectory()) return openFile(path);

  const names = readdirSync(path).sort();
  const found = (pattern: RegExp): string[] =>
    names.filter((name) => pattern.test(name)).map((name) => join(path, name));
  const [stream] = found(RECORDED_STREAM);
  if (stream !== undefined) return recordedStream(stream);
  const blockFiles = found(PEER_BLOCK_FILE);
  if (blockFiles.length > 0) return peerBlockFiles(blockFiles);
  const blocks = found(SINGLE_BLOCK);
  if (blocks.length > 0) return singleBlocks(blocks);
  throw new AuditError(
    'SOURCE_NOT_FOUND',
    `${path} holds no blocks (blocks.bin, blockfile_000000 or *.block, the first two also with .gz): ` +
      'give --from the folder that does; of a peer it is ledgersData/chains/chains/<channel>',
  );
}

function openFile(path: string): BlockSource {
  const name = basename(path);
  if (PEER_BLOCK_FILE.test(name)) return peerBlockFiles([path]);
  return SINGLE_BLOCK.test(name) ? singleBlocks([path]) : recordedStream(path);
}
