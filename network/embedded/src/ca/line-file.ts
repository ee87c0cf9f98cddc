import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';

/**
 * A file that grows by one JSON line at a time. A line is on disk before `append` returns; one that a crash cut short was
 * never answered for and is cut off when the file is opened again.
 */
export class LineFile<T> {
  readonly #file: number;

  /** Opens or makes the file, and tells `take` of every line in it. */
  constructor(path: string, take: (record: T) => void) {
    this.#file = openSync(path, 'a+', 0o600);
    const bytes = readFileSync(this.#file);
    const complete = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    if (complete.length < bytes.length) ftruncateSync(this.#file, complete.length);
    for (const line of complete.toString('utf8').split('\n').slice(0, -1)) take(JSON.parse(line) as T);
  }

  /** Adds a record; if that fails, the file is as it was. */
  append(record: T): void {
    const { size } = fstatSync(this.#file);
    try {
      writeFileSync(this.#file, `${JSON.stringify(record)}\n`);
      fsyncSync(this.#file);
    } catch (error) {
      ftruncateSync(this.#file, size);
      throw error;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
