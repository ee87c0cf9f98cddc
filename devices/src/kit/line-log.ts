import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { DeviceError, messageOf } from '../errors/device-error.js';
import { replaceFile, writeAll } from './durable-file.js';

/**
 * A file of lines that only grows. When `append` returns, the line is on the disk; when it throws, the file is as it was
 * before. A last line without its line end was being written when the process died: nobody has been told of it, and it
 * is cut off.
 */
export class LineLog {
  readonly #path: string;
  #file: number;
  #length: number;
  /** Why nothing may be appended any more. */
  #closed: string | undefined;

  private constructor(path: string, file: number, length: number) {
    this.#path = path;
    this.#file = file;
    this.#length = length;
  }

  /** Opens an existing log and gives its complete lines, oldest first. */
  static open(path: string): { log: LineLog; lines: string[] } {
    const bytes = readFileSync(path);
    const length = bytes.lastIndexOf(0x0a) + 1;
    const log = new LineLog(path, openSync(path, 'a'), length);
    if (length < bytes.length) log.#cutBack();
    return { log, lines: bytes.toString('utf8', 0, length).split('\n').slice(0, -1) };
  }

  /** @throws DeviceError QUEUE_WRITE_FAILED (disk full, for example), QUEUE_CLOSED after an unmended failure. */
  append(line: string): void {
    if (this.#closed !== undefined) throw new DeviceError('QUEUE_CLOSED', `${this.#path}: ${this.#closed}.`);
    const text = `${line}\n`;
    try {
      writeAll(this.#file, text);
      fsyncSync(this.#file);
    } catch (error) {
      this.#takeBack();
      throw new DeviceError('QUEUE_WRITE_FAILED', `${this.#path} cannot be written: ${messageOf(error)}.`);
    }
    this.#length += Buffer.byteLength(text);
  }

  /** Puts `lines` in the place of all there is, at once or not at all. */
  replace(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join('');
    replaceFile(this.#path, text);
    // From here on the open file is the old one, which no longer has a name: nothing may be written to it.
    this.#closed = 'it was replaced and could not be opened again';
    closeSync(this.#file);
    this.#file = openSync(this.#path, 'a');
    this.#closed = undefined;
    this.#length = Buffer.byteLength(text);
  }

  close(): void {
    this.#closed = 'the device was closed';
    closeSync(this.#file);
  }

  #takeBack(): void {
    try {
      this.#cutBack();
    } catch {
      // Part of a line may stand at the end now. Opening the log again cuts it off; until then nothing may follow it.
      this.#closed = 'a failed write could not be taken back';
    }
  }

  #cutBack(): void {
    ftruncateSync(this.#file, this.#length);
    fsyncSync(this.#file);
  }
}
