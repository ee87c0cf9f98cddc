import { existsSync, mkdirSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { readFrame, recover, writeFrame, type Frame } from '@passage/ledger';

import { syncFolder } from '../durable-file.js';
import { NetworkError } from '../errors.js';

/** Where Fabric starts a new block file (F:core/ledger/ledgerconfig, maxBlockFileSize). */
export const MAX_BLOCK_FILE_BYTES = 64 * 1024 * 1024;

/** Where a block's record lies, without its length prefix. */
export interface BlockPlace {
  readonly file: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
}

interface BlockFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** Bytes that hold whole records. */
  length: number;
}

/**
 * Blocks in files as a peer keeps them: `blockfile_000000` and so on, each a sequence of (uvarint length, block record),
 * none above 64 MB unless a single record is (F:common/ledger/blkstorage/blockfile_mgr.go). Appended to, never changed.
 */
export class BlockFiles {
  readonly #folder: string;
  readonly #maxFileBytes: number;
  readonly #files: BlockFile[] = [];
  /** Set while the last file may hold bytes behind its last whole record. */
  #torn = false;

  private constructor(folder: string, maxFileBytes: number) {
    this.#folder = folder;
    this.#maxFileBytes = maxFileBytes;
  }

  static async open(folder: string, maxFileBytes: number = MAX_BLOCK_FILE_BYTES): Promise<BlockFiles> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const files = new BlockFiles(folder, maxFileBytes);
    do await files.#openNext();
    while (existsSync(files.#pathOf(files.#files.length)));
    return files;
  }

  /**
   * Hands over every record behind `after`, oldest first, and cuts off what a crash has left half-written at the end.
   *
   * @throws NetworkError LEDGER_DAMAGED if there is anything else than records, or `after` lies beyond the end.
   */
  async recover(
    after: BlockPlace | undefined,
    visit: (place: BlockPlace, record: Uint8Array) => void,
  ): Promise<void> {
    const first = after?.file ?? 0;
    const start = after === undefined ? 0 : after.offset + after.length;
    if (start > (this.#files[first]?.length ?? -1)) throw damaged(this.#pathOf(first), start);
    for (const [number, file] of [...this.#files.entries()].slice(first)) {
      const isLast = number === this.#files.length - 1;
      const end = await readRecords(file, number === first ? start : 0, isLast, (offset, record) => {
        visit({ file: number, offset, length: record.length }, record);
      });
      this.#torn = end < file.length;
      file.length = end;
    }
    await this.#cutTail();
  }

  /** Reads a record. */
  read({ file: number, offset, length }: BlockPlace): Uint8Array {
    const file = this.#files[number];
    const record = new Uint8Array(length);
    const count = file === undefined ? 0 : readSync(file.handle.fd, record, 0, length, offset);
    if (count < length) throw damaged(this.#pathOf(number), offset);
    return record;
  }

  /** Appends a record and returns once it is on disk. After a failure the files hold what they held before. */
  async append(record: Uint8Array): Promise<BlockPlace> {
    const frame = writeFrame(record);
    await this.#cutTail();
    const { length } = this.#last();
    if (length > 0 && length + frame.length > this.#maxFileBytes) await this.#openNext();
    const file = this.#last();
    this.#torn = true;
    await writeWhole(file.handle, frame, file.length);
    await file.handle.datasync();
    this.#torn = false;
    file.length += frame.length;
    return { file: this.#files.length - 1, offset: file.length - record.length, length: record.length };
  }

  async close(): Promise<void> {
    await Promise.all(this.#files.map(({ handle }) => handle.close()));
  }

  #pathOf(number: number): string {
    return join(this.#folder, `blockfile_${String(number).padStart(6, '0')}`);
  }

  #last(): BlockFile {
    const file = this.#files.at(-1);
    if (file === undefined) throw new TypeError('no block file is open');
    return file;
  }

  async #openNext(): Promise<void> {
    const path = this.#pathOf(this.#files.length);
    const isNew = !existsSync(path);
    const handle = await open(path, isNew ? 'wx+' : 'r+', 0o600);
    const { size } = await handle.stat();
    this.#files.push({ path, handle, length: size });
    if (isNew) syncFolder(this.#folder);
  }

  async #cutTail(): Promise<void> {
    if (!this.#torn) return;
    const { handle, length } = this.#last();
    await handle.truncate(length);
    await handle.datasync();
    this.#torn = false;
  }
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

/** Visits the records of one file from `start` on and returns where the last whole one ends. */
async function readRecords(
  file: BlockFile,
  start: number,
  mayBeTorn: boolean,
  visit: (offset: number, record: Uint8Array) => void,
): Promise<number> {
  const bytes = new Uint8Array(file.length - start);
  await file.handle.read(bytes, 0, bytes.length, start);
  let position = 0;
  while (position < bytes.length) {
    const frame = frameAt(bytes, position);
    if (frame === undefined) {
      if (mayBeTorn) break;
      throw damaged(file.path, start + position);
    }
    visit(start + frame.next - frame.content.length, frame.content);
    position = frame.next;
  }
  return start + position;
}

/**
 * The frame at a position; undefined if the bytes end before it does, or are zeros: a power cut can leave room in a file
 * that was never written.
 */
function frameAt(bytes: Uint8Array, position: number): Frame | undefined {
  const frame = recover(
    () => readFrame(bytes, position),
    () => undefined,
  );
  return frame?.content.length === 0 ? undefined : frame;
}

function damaged(path: string, offset: number): NetworkError {
  return new NetworkError(
    'LEDGER_DAMAGED',
    `${path} does not hold whole blocks at byte ${offset}: restore the file, or start over with another --dir`,
  );
}
