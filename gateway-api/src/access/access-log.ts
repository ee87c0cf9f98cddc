import type { Kysely } from 'kysely';

import type { Caller } from '../auth/caller.js';
import type { AccessTable, OperationalDatabase } from '../submission/outbox-database.js';

/** What was read. */
export interface Read {
  /** The field of `Query`. */
  readonly query: string;
  readonly args: object;
  /** Whether the caller was shown anything. */
  readonly found: boolean;
  /** The newest block that the answer could rest on. */
  readonly asOfBlock: number;
}

/** Longer arguments are cut: they name what was asked for, and nobody needs to store more. */
const MOST_ARGUMENTS = 1_000;

/**
 * Keeps who read what, in the operational database, which no rebuild of the index touches. A record is on disk before the answer
 * leaves; those of requests at the same moment are written in one go.
 */
export class AccessLog {
  readonly #database: Kysely<OperationalDatabase>;
  #waiting: Omit<AccessTable, 'id'>[] = [];
  #written: Promise<void> | undefined;

  constructor(database: Kysely<OperationalDatabase>) {
    this.#database = database;
  }

  /** Throws where the record cannot be written, as on a full disk: what is not recorded is not answered. */
  record({ subject, token, org, party, role }: Caller, read: Read): Promise<void> {
    this.#waiting.push({
      at: new Date().toISOString(),
      subject,
      token: token ?? null,
      org,
      party: party ?? null,
      role: role ?? null,
      query: read.query,
      arguments: JSON.stringify(read.args).slice(0, MOST_ARGUMENTS),
      found: read.found ? 1 : 0,
      as_of_block: read.asOfBlock,
    });
    return (this.#written ??= this.#write());
  }

  async #write(): Promise<void> {
    await new Promise(setImmediate);
    const records = this.#waiting;
    this.#waiting = [];
    this.#written = undefined;
    await this.#database.insertInto('access').values(records).execute();
  }
}
