import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';

import type { Caller } from '../auth/caller.js';
import { RowList } from '../paging/row-list.js';
import type { Rows } from '../paging/row-list.js';
import type { AccessTable, OperationalDatabase } from '../submission/outbox-database.js';
import { SyncedWrites } from './synced-writes.js';
import type { DurableDatabase } from './synced-writes.js';

/** The columns of a record, but for its number. */
const columns = [
  ...(['at', 'subject', 'token', 'org', 'party', 'role'] as const),
  ...(['query', 'arguments', 'found', 'as_of_block'] as const),
] as const satisfies readonly (keyof AccessTable)[];

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
 * Keeps who read what, in the operational database, which no rebuild of the index touches. A record is on disk before the
 * answer leaves (synced-writes.ts); those of one moment are written in one go.
 */
export class AccessLog {
  readonly #database: Kysely<OperationalDatabase>;
  readonly #writes: SyncedWrites<OperationalDatabase>;
  readonly #insert: StatementSync;
  #waiting: SQLInputValue[][] = [];
  #written: Promise<void> | undefined;

  constructor(database: DurableDatabase<OperationalDatabase>) {
    this.#database = database.rows;
    this.#writes = new SyncedWrites(database);
    const slots = columns.map(() => '?').join(', ');
    this.#insert = database.file.prepare(`INSERT INTO access (${columns.join(', ')}) VALUES (${slots})`);
  }

  /** Throws where the record cannot be written, as on a full disk: what is not recorded is not answered. */
  record({ subject, token, org, party, role }: Caller, read: Read): Promise<void> {
    const record: Omit<AccessTable, 'id'> = {
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
    };
    this.#waiting.push(columns.map((column) => record[column]));
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

  /** At the end of the moment, before the answers are put together: while the disk takes the records, this thread does that. */
  async #write(): Promise<void> {
    await Promise.resolve();
    const records = this.#waiting;
    this.#waiting = [];
    this.#written = undefined;
    await this.#writes.write((file) => {
      inOneCommit(file, records.length, () => {
        for (const record of records) this.#insert.run(...record);
      });
    });
  }
}

function inOneCommit(file: DatabaseSync, statements: number, work: () => void): void {
  if (statements === 1) {
    work();
    return;
  }
  file.exec('BEGIN');
  try {
    work();
    file.exec('COMMIT');
  } catch (error) {
    if (file.isTransaction) file.exec('ROLLBACK');
    throw error;
  }
}
