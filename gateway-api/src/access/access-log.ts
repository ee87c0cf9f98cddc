import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';

import type { Caller } from '../auth/caller.js';
import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { AccessTable, OperationalDatabase } from '../submission/outbox-database.js';
import { SyncedWrites } from './synced-write.js';

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

/** A record as it was kept. */
export type AccessRecord = Selectable<AccessTable>;

type Wish = string | null | undefined;

/** Which records are asked for. Times are ISO 8601 UTC with milliseconds. */
export interface RecordsWanted {
  /** Those of one party alone, or of an organisation itself. */
  readonly own: { readonly org: string; readonly party: string | null } | undefined;
  readonly equal: Readonly<Partial<Record<'org' | 'party' | 'subject' | 'query', Wish>>>;
  /** Whose arguments have this in them, as a UCR. */
  readonly naming: string | undefined;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** Records that are removed in one go, so that nobody waits long for the database. */
const MOST_FORGOTTEN = 5_000;

/** Longer arguments are cut: they name what was asked for, and nobody needs to store more. */
const MOST_ARGUMENTS = 1_000;

/**
 * Keeps who read what, in the operational database, which no rebuild of the index touches. A record is on disk before the answer
 * leaves; those of requests at the same moment are written in one go.
 */
export class AccessLog {
  readonly #database: Kysely<OperationalDatabase>;
  readonly #writes: SyncedWrites<OperationalDatabase>;
  #waiting: Omit<AccessTable, 'id'>[] = [];
  #written: Promise<void> | undefined;

  constructor(database: Kysely<OperationalDatabase>) {
    this.#database = database;
    this.#writes = new SyncedWrites(database);
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

  /** The newest first. */
  records({ own, equal, naming, from, until }: RecordsWanted): Rows<AccessRecord> {
    let rows = this.#database.selectFrom('access').selectAll();
    if (own !== undefined) {
      rows = rows.where('org', '=', own.org);
      rows = own.party === null ? rows.where('party', 'is', null) : rows.where('party', '=', own.party);
    }
    for (const column of ['org', 'party', 'subject', 'query'] as const) {
      const value = equal[column];
      if (typeof value === 'string') rows = rows.where(column, '=', value);
    }
    if (naming !== undefined) {
      const pattern = `%${naming.replaceAll(/[%_\\]/g, '\\$&')}%`;
      rows = rows.where(sql<boolean>`arguments LIKE ${pattern} ESCAPE '\\'`);
    }
    if (from !== undefined) rows = rows.where('at', '>=', from);
    if (until !== undefined) rows = rows.where('at', '<', until);
    return new RowList(rows, { list: 'accessRecords', columns: ['id'], descending: true });
  }

  /** Removes what was recorded before a time; how many records that were. */
  async forget(before: Date): Promise<number> {
    const time = before.toISOString();
    for (let count = 0; ;) {
      const old = this.#database
        .selectFrom('access')
        .select('id')
        .where('at', '<', time)
        .limit(MOST_FORGOTTEN);
      const { numDeletedRows } = await this.#database
        .deleteFrom('access')
        .where('id', 'in', old)
        .executeTakeFirst();
      count += Number(numDeletedRows);
      if (numDeletedRows === 0n) return count;
    }
  }

  /** Lets go of the database's files; nothing is recorded afterwards. */
  close(): Promise<void> {
    return this.#writes.close();
  }

  async #write(): Promise<void> {
    await new Promise(setImmediate);
    const records = this.#waiting;
    this.#waiting = [];
    this.#written = undefined;
    await this.#writes.write((connection) => connection.insertInto('access').values(records).execute());
  }
}
