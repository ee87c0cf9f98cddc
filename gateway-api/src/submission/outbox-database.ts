import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { Kysely } from 'kysely';
import type { Generated } from 'kysely';

import type { DurableDatabase } from '../access/synced-writes.js';
import { isDamaged, openSqlite, sqliteDialect } from '../index/sqlite.js';
import { alertMigration } from '../alert-desk/alert-tables.js';
import type { AlertTables } from '../alert-desk/alert-tables.js';
import { sqliteLayout } from '../index/sqlite/sqlite-layout.js';
import { gatewayError, messageOf } from '../errors.js';
import type { LedgerAlertKind } from '../ledger-alerts/ledger-alert.js';
import { migrate } from '../index/migrate.js';
import type { Migration } from '../index/migrate.js';
import { quotaMigration } from './quota-table.js';
import type { QuotaTable } from './quota-table.js';
import { webhookAlertsMigration, webhookMigration } from '../webhooks/webhook-database.js';
import type { WebhookTable } from '../webhooks/webhook-database.js';

/** A statement on its way to the ledger, or refused on the way. Recorded ones are in the index, not here. */
export interface OutboxStatementTable {
  statement_id: string;
  /** Order of arrival. */
  arrival: Generated<number>;
  jws: string;
  party: string;
  role: string;
  /** `waiting`, `sent` (belongs to a transaction whose fate is open), or `refused`. */
  status: 'waiting' | 'sent' | 'refused';
  /** Transaction that carries it, while `sent`. */
  transaction_id: string | null;
  code: string | null;
  message: string | null;
  accepted_at: string;
}

/** A signed transaction whose fate is open: its bytes are what is sent again after a crash. */
export interface OutboxTransactionTable {
  transaction_id: string;
  party: string;
  role: string;
  prepared: Uint8Array;
  signature: Uint8Array;
}

/** That somebody was shown, or asked for, what not everybody may see. */
export interface AccessTable {
  id: Generated<number>;
  /** ISO 8601 UTC. */
  at: string;
  /** Whom the token is about (`sub`), and which token it was (`jti`), where it says. */
  subject: string;
  token: string | null;
  org: string;
  party: string | null;
  role: string | null;
  /** The field of `Query`, and its arguments as JSON, cut where they are long. */
  query: string;
  arguments: string;
  /** 1 when something was shown. */
  found: number;
  as_of_block: number;
}

/** What was noticed of the ledger itself, or of this gateway's copy of it. */
export interface LedgerAlertTable {
  id: Generated<number>;
  kind: LedgerAlertKind;
  block: number;
  organization: string;
  message: string;
  /** ISO 8601 UTC. */
  noticed_at: string;
  ours: Uint8Array | null;
  theirs: Uint8Array | null;
}

/** The newest head that a gateway has signed, by its organisation. */
export interface TreeHeadTable {
  organization: string;
  height: number;
  /** The head and its signatures, JSON. */
  signed: string;
}

export interface OperationalDatabase extends AlertTables {
  tree_head: TreeHeadTable;
  access: AccessTable;
  ledger_alert: LedgerAlertTable;
  outbox_statement: OutboxStatementTable;
  outbox_transaction: OutboxTransactionTable;
  quota: QuotaTable;
  webhook: WebhookTable;
}

const migrations: readonly Migration[] = [
  {
    name: '0001_outbox',
    statements: [
      `CREATE TABLE outbox_statement (
         arrival INTEGER PRIMARY KEY AUTOINCREMENT,
         statement_id TEXT NOT NULL UNIQUE,
         jws TEXT NOT NULL,
         party TEXT NOT NULL,
         role TEXT NOT NULL,
         status TEXT NOT NULL,
         transaction_id TEXT,
         code TEXT,
         message TEXT,
         accepted_at TEXT NOT NULL) STRICT`,
      'CREATE INDEX outbox_statement_status ON outbox_statement (status, arrival)',
      'CREATE INDEX outbox_statement_transaction ON outbox_statement (transaction_id) WHERE transaction_id IS NOT NULL',
      `CREATE TABLE outbox_transaction (
         transaction_id TEXT PRIMARY KEY,
         party TEXT NOT NULL,
         role TEXT NOT NULL,
         prepared BLOB NOT NULL,
         signature BLOB NOT NULL) STRICT`,
    ],
  },
  {
    name: '0002_access',
    statements: [
      `CREATE TABLE access (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         at TEXT NOT NULL,
         subject TEXT NOT NULL,
         token TEXT,
         org TEXT NOT NULL,
         party TEXT,
         role TEXT,
         query TEXT NOT NULL,
         arguments TEXT NOT NULL,
         found INTEGER NOT NULL,
         as_of_block INTEGER NOT NULL) STRICT`,
    ],
  },
  {
    name: 'ledger_alerts',
    statements: [
      `CREATE TABLE ledger_alert (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         kind TEXT NOT NULL,
         block INTEGER NOT NULL,
         organization TEXT NOT NULL,
         message TEXT NOT NULL,
         noticed_at TEXT NOT NULL,
         ours BLOB,
         theirs BLOB,
         UNIQUE (kind, block, organization)) STRICT`,
    ],
  },
  {
    name: 'tree_heads',
    statements: [
      'CREATE TABLE tree_head (organization TEXT PRIMARY KEY, height INTEGER NOT NULL, signed TEXT NOT NULL) STRICT',
    ],
  },
  webhookMigration,
  alertMigration,
  { name: 'access_by_time', statements: ['CREATE INDEX access_at ON access (at)'] },
  webhookAlertsMigration,
  quotaMigration,
];

/**
 * Opens `operational.sqlite`: durable at every commit, and untouched by a rebuild of the index. The file is locked for as
 * long as it is open, also against a second gateway on the same folder (`FOLDER_IN_USE`); a kill -9 frees it. A damaged file
 * is left as it is (`STORAGE_DAMAGED`): what waits in it stands nowhere else. `rows.destroy` closes it.
 */
export async function openOperational(path: string): Promise<DurableDatabase<OperationalDatabase>> {
  try {
    const file = openAlone(path);
    const rows = new Kysely<OperationalDatabase>({ dialect: sqliteDialect(file) });
    await migrate(rows, migrations, sqliteLayout);
    return { rows, file };
  } catch (error) {
    if (!isDamaged(error)) throw error;
    throw gatewayError('STORAGE_DAMAGED', `${path} cannot be read (${messageOf(error)})`, { cause: error });
  }
}

/** The same, for whoever needs its rows alone. */
export async function openOperationalDatabase(path: string): Promise<Kysely<OperationalDatabase>> {
  return (await openOperational(path)).rows;
}

function openAlone(path: string): DatabaseSync {
  try {
    return openSqlite(path, { durable: true, exclusive: true });
  } catch (error) {
    const reason = messageOf(error);
    if (!reason.includes('locked')) throw error;
    throw gatewayError('FOLDER_IN_USE', `another gateway uses ${dirname(path)} (${reason})`, {
      cause: error,
    });
  }
}
