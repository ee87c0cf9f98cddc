import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { AuditError, messageOf } from '../errors.js';
import type { Readable } from 'node:stream';

/** Enough for most blocks, so that one is seldom put together from many pieces. */
const CHUNK_BYTES = 1 << 20;

/** A file being read, gunzipped where its name ends in `.gz`. */
export interface FileChunks extends AsyncIterable<Uint8Array> {
  /** Bytes of the file, as it lies on the disk, that have been read so far. */
  readonly bytesRead: number;
}

/**
 * Opens a file for reading in pieces.
 *
 * @throws AuditError while it is read: SOURCE_TRUNCATED if the gzip stream ends early, else SOURCE_UNREADABLE.
 */
export function fileChunks(path: string): FileChunks {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return {
    get bytesRead() {
      return file.bytesRead;
    },
    async *[Symbol.asyncIterator]() {
      try {
        for await (const chunk of path.endsWith('.gz') ? gunzip(file) : file) yield chunk as Uint8Array;
      } catch (error) {
        throw readFailure(path, error);
      }
    },
  };
}

function gunzip(file: Readable): Readable {
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES });
  file.on('error', (error) => unzipped.destroy(error));
  return file.pipe(unzipped);
}

function readFailure(path: string, error: unknown): AuditError {
  const cut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
  if (cut) {
    return new AuditError(
      'SOURCE_TRUNCATED',
      `${path} ends in the middle of its gzip stream: copy it again, whole`,
    );
  }
  const next = 'check that it is the file you mean and that you may read it';
  return new AuditError('SOURCE_UNREADABLE', `${path} cannot be read (${messageOf(error)}): ${next}`, {
    cause: error,
  });
}
