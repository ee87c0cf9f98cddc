import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import type { Kysely } from 'kysely';

/** A durable SQLite database, by both of its doors. */
export interface DurableDatabase<Tables> {
  readonly rows: Kysely<Tables>;
  readonly file: DatabaseSync;
}

/** Lets the disk have what was written to an open file (Node's `fdatasync`), and says when it has. */
export type DataSync = (descriptor: number, done: (error: Error | null) => void) => void;

/**
 * Writes to a durable SQLite database, and lets the disk have it, without holding up anybody else meanwhile. A write is committed as with
 * synchronous=NORMAL (sqlite.org/pragma.html, "synchronous"), then the write-ahead log is synced, which is all that FULL adds: not
 * by SQLite in this thread, but by Node's thread pool, once for all that was written before it began. A sync begins at once where
 * none is under way, so that whatever this thread still has to do goes on beside it.
 */
export class SyncedWrites<Tables> {
  readonly #database: DurableDatabase<Tables>;
  readonly #dataSync: DataSync;
  #log: number | undefined;
  /** Over when the sync that is under way is over, however it ended. */
  #running: Promise<unknown> | undefined;
  /** The sync that begins when that one is over. */
  #next: Promise<void> | undefined;

  constructor(database: DurableDatabase<Tables>, dataSync: DataSync = fdatasync) {
    this.#database = database;
    this.#dataSync = dataSync;
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
    await this.#synced();
  }

  /** Lets go of the log when the last sync is over. */
  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running;
    this.#letGo();
  }

  /** What is written while a sync is under way may be missing from that one. */
  #synced(): Promise<void> {
    if (this.#running === undefined) return this.#sync();
    return (this.#next ??= this.#running.then(() => this.#sync()));
  }

  #sync(): Promise<void> {
    this.#next = undefined;
    const sync = new Promise<void>((resolve, reject) => {
      this.#log ??= openSync(`${this.#database.file.location() ?? ''}-wal`, 'r');
      this.#dataSync(this.#log, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    this.#running = sync
      .catch(() => {
        this.#letGo();
      })
      .then(() => {
        // Where the next one waits, it takes this one's place.
        if (this.#next === undefined) this.#running = undefined;
      });
    return sync;
  }

  #letGo(): void {
    if (this.#log !== undefined) closeSync(this.#log);
    this.#log = undefined;
  }
}

/** The level is set anew each time: SQLite sets it when it reads the words, so that they cannot be prepared. */
function commit(file: DatabaseSync, statements: (file: DatabaseSync) => void): void {
  file.exec('PRAGMA synchronous = NORMAL');
  try {
    statements(file);
  } finally {
    file.exec('PRAGMA synchronous = FULL');
  }
}
