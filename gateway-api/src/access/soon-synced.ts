import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';

import type { Kysely } from 'kysely';

/** How long what was written may wait for the disk, in milliseconds. */
const SOON_MS = 100;

/** A durable SQLite database, by both of its doors. */
export interface DurableDatabase<Tables> {
  readonly rows: Kysely<Tables>;
  readonly file: DatabaseSync;
}

/**
 * Writes to a durable SQLite database without waiting for the disk. When `write` is over, the write-ahead log has what was written, as with
 * synchronous=NORMAL (sqlite.org/pragma.html, "synchronous"): however the process ends, it is kept. The log is synced, which is all
 * that FULL adds, within a tenth of a second by Node's thread pool: only a machine that stops dead loses what is younger.
 */
export class SoonSyncedWrites<Tables> {
  readonly #database: DurableDatabase<Tables>;
  #log: Promise<FileHandle> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> = Promise.resolve();
  #trouble: unknown;

  constructor(database: DurableDatabase<Tables>) {
    this.#database = database;
  }

  /** Throws what the write throws, and once what the disk threw when it was to take earlier ones. `statements` is one commit. */
  async write(statements: (file: DatabaseSync) => void): Promise<void> {
    this.#throwTrouble();
    const { file, rows } = this.#database;
    // A transaction of others that is open at the moment is over first: it may be given up.
    if (file.isTransaction)
      await rows.connection().execute(() =>
        Promise.resolve().then(() => {
          commit(file, statements);
        }),
      );
    else commit(file, statements);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#syncing = this.#syncing.then(() => this.#sync());
    }, SOON_MS);
  }

  /** Lets the disk have what was written, and goes of the log. Throws what the disk throws. */
  async close(): Promise<void> {
    const isDue = this.#timer !== undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#syncing;
    if (isDue) await this.#sync();
    const log = this.#log;
    this.#log = undefined;
    await (await log)?.close();
    this.#throwTrouble();
  }

  async #sync(): Promise<void> {
    try {
      this.#log ??= open(`${this.#database.file.location() ?? ''}-wal`, 'r');
      await (await this.#log).datasync();
    } catch (error) {
      this.#log = undefined;
      this.#trouble = error;
    }
  }

  #throwTrouble(): void {
    const trouble = this.#trouble;
    this.#trouble = undefined;
    if (trouble !== undefined) throw trouble instanceof Error ? trouble : new Error('the disk takes nothing');
  }
}

function commit(file: DatabaseSync, statements: (file: DatabaseSync) => void): void {
  file.exec('PRAGMA synchronous = NORMAL');
  try {
    statements(file);
  } finally {
    file.exec('PRAGMA synchronous = FULL');
  }
}
