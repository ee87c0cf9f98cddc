import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AuditError, messageOf } from '../errors.js';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;
/** The last line: 64 hexadecimal digits. */
const DIGEST_BYTES = 65;

/**
 * Writes a file of JSON lines that ends on the SHA-256 of all that stands before. It takes its name once it is whole; until then it
 * has one of this process alone, so that two runs at a time do not write into each other's.
 */
export class DigestWriter {
  readonly #path: string;
  readonly #scratch: string;
  readonly #file: number;
  readonly #hash = createHash('sha256');
  #isOpen = true;
  #waiting: string[] = [];
  #waitingLength = 0;

  /** @throws AuditError STATE_UNWRITABLE */
  constructor(path: string) {
    this.#path = path;
    this.#scratch = `${path}.${String(process.pid)}.new`;
    this.#file = atState(path, () => {
      removeLeftBehind(path);
      return openSync(this.#scratch, 'w');
    });
  }

  line(value: unknown): void {
    const text = `${JSON.stringify(value)}\n`;
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#waitingLength > CHUNK_BYTES) this.#flush();
  }

  /** Ends the file and puts it in the place of the one before; gives its digest. @throws AuditError STATE_UNWRITABLE */
  finish(): string {
    this.#flush();
    const digest = this.#hash.digest('hex');
    atState(this.#path, () => {
      // Not writeSync, which may write a part of it on a disk that is full, and say nothing.
      writeFileSync(this.#file, `${digest}\n`);
      fsyncSync(this.#file);
      this.#close();
      renameSync(this.#scratch, this.#path);
    });
    return digest;
  }

  /** Leaves the file before as it is. */
  abandon(): void {
    this.#close();
    rmSync(this.#scratch, { force: true });
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#hash.update(bytes);
    atState(this.#path, () => {
      writeFileSync(this.#file, bytes);
    });
  }
}

/** Removes what runs have begun to write that were killed since. */
function removeLeftBehind(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const [, pid] = /\.(\d+)\.new$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process runs, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Hashes the file anew and compares. @throws AuditError STATE_ALTERED where a byte of it is not what was written */
export function verifyDigest(path: string, expected?: string): string {
  const file = openSync(path, 'r');
  try {
    const end = fstatSync(file).size - DIGEST_BYTES;
    const hash = createHash('sha256');
    for (const chunk of chunksOf(file, end)) hash.update(chunk);
    const digest = hash.digest('hex');
    const tail = Buffer.alloc(DIGEST_BYTES);
    if (end < 0 || readSync(file, tail, 0, DIGEST_BYTES, end) < DIGEST_BYTES)
      throw altered(path, 'it is cut off');
    if (tail.toString('latin1') !== `${digest}\n`)
      throw altered(path, `its content has the SHA-256 ${digest}, it says another`);
    if (expected !== undefined && expected !== digest)
      throw altered(path, `it has the SHA-256 ${digest}, and ${expected} was to be expected`);
    return digest;
  } finally {
    closeSync(file);
  }
}

/** The values of a file whose digest was verified, one after another. */
export function* linesOf(path: string): Generator {
  const file = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (const chunk of chunksOf(file, fstatSync(file).size - DIGEST_BYTES)) {
      const bytes = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        yield JSON.parse(bytes.toString('utf8', start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } finally {
    closeSync(file);
  }
}

function* chunksOf(file: number, end: number): Generator<Buffer> {
  for (let at = 0; at < end;) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end - at));
    const read = readSync(file, chunk, 0, chunk.length, at);
    if (read === 0) return;
    at += read;
    yield chunk.subarray(0, read);
  }
}

/** The refusal of a saved state that is not as it was written. */
export function altered(path: string, why: string): AuditError {
  return new AuditError(
    'STATE_ALTERED',
    `the saved state ${path} was altered since it was written (${why}): find out by whom, and replay from the first block with another --state`,
  );
}

/** Says what cannot be read or written. @throws AuditError STATE_UNWRITABLE, or what `work` throws of its own */
export function atState<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AuditError) throw error;
    throw new AuditError(
      'STATE_UNWRITABLE',
      `the state ${path} cannot be read or written (${messageOf(error)}): choose another --state, or make room`,
      { cause: error },
    );
  }
}
