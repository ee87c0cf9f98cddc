import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Writes to a durable SQLite database without holding up the thread while the disk writes: a commit reaches the write-ahead log
 * unsynced (synchronous=NORMAL), and the log is synced by Node's thread pool. That sync is all that FULL adds to NORMAL
 * (sqlite.org/pragma.html, "synchronous"), so what is written here is as durable as any other commit once `write` is over.
 */
export class SyncedWrites<Database> {
  readonly #database: Kysely<Database>;
  #log: Promise<FileHandle> | undefined;

  constructor(database: Kysely<Database>) {
    this.#database = database;
  }

  /** Throws what the write or the disk throws. The write is one statement. */
  async write(statement: (connection: Kysely<Database>) => Promise<unknown>): Promise<void> {
    await this.#database.connection().execute(async (connection) => {
      await sql`PRAGMA synchronous = NORMAL`.execute(connection);
      try {
        await statement(connection);
      } finally {
        await sql`PRAGMA synchronous = FULL`.execute(connection);
      }
    });
    await (await this.#opened()).datasync();
  }

  async close(): Promise<void> {
    const log = this.#log;
    this.#log = undefined;
    await (await log)?.close();
  }

  async #opened(): Promise<FileHandle> {
    this.#log ??= this.#open();
    try {
      return await this.#log;
    } catch (error) {
      this.#log = undefined;
      throw error;
    }
  }

  async #open(): Promise<FileHandle> {
    const { rows } = await sql<{
      file: string;
    }>`SELECT file FROM pragma_database_list WHERE name = 'main'`.execute(this.#database);
    return open(`${rows[0]?.file ?? ''}-wal`, 'r');
  }
}
