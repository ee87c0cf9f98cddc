import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';

import type { Kysely } from 'kysely';

/** A durable SQLite database, by both of its doors. */
export interface DurableDatabase<Tables> {
  readonly rows: Kysely<Tables>;
  readonly file: DatabaseSync;
}

/**
 * Writes to a durable SQLite database, and lets the disk have it, without holding up anybody else meanwhile. A write is committed as with
 * synchronous=NORMAL (sqlite.org/pragma.html, "synchronous"), then the write-ahead log is synced, which is all that FULL adds: not
 * by SQLite in this thread, but by Node's thread pool, once for all that was written before it began.
 */
export class SyncedWrites<Tables> {
  readonly #database: DurableDatabase<Tables>;
  #log: Promise<FileHandle> | undefined;
  /** Over when no sync is under way, however it ended. */
  #idle: Promise<unknown> = Promise.resolve();
  /** The sync that begins when none is under way. */
  #next: Promise<void> | undefined;

  constructor(database: DurableDatabase<Tables>) {
    this.#database = database;
  }

  /** Is over when the disk has what was written. Throws what the write or the disk throws. `statements` is one commit. */
  async write(statements: (file: DatabaseSync) => void): Promise<void> {
    const { file, rows } = this.#database;
    // A transaction of others that is open at the moment is over first: it may be given up.
    if (file.isTransaction)
      await rows.connection().execute(() =>
        Promise.resolve().then(() => {
          commit(file, statements);
        }),
      );
    else commit(file, statements);
    await (this.#next ??= this.#syncNext());
  }

  /** Lets go of the log when the last sync is over. */
  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#idle;
    const log = this.#log;
    this.#log = undefined;
    await (await log?.catch(() => undefined))?.close();
  }

  /** What is written while a sync is under way may be missing from that one. */
  async #syncNext(): Promise<void> {
    await this.#idle;
    this.#next = undefined;
    const sync = this.#sync();
    this.#idle = sync.catch(() => undefined);
    await sync;
  }

  async #sync(): Promise<void> {
    try {
      this.#log ??= open(`${this.#database.file.location() ?? ''}-wal`, 'r');
      await (await this.#log).datasync();
    } catch (error) {
      this.#log = undefined;
      throw error;
    }
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
