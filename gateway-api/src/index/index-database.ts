import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { Kysely } from 'kysely';

import { migrate } from './migrate.js';
import type { Migration } from './migrate.js';
import { keepPast } from './past-rows.js';
import { isDamaged, openSqlite, sqliteDialect } from './sqlite.js';
import type { IndexDatabase } from './tables/index.js';

const ORIGIN = 'block INTEGER NOT NULL, position INTEGER NOT NULL, transaction_id TEXT NOT NULL';

const migrations: readonly Migration[] = [
  {
    name: '0001_index',
    statements: [
      `CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL, header_hash TEXT NOT NULL,
         head BLOB NOT NULL) STRICT`,
      `CREATE TABLE state (namespace TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, block INTEGER NOT NULL,
         tx INTEGER NOT NULL, metadata BLOB, PRIMARY KEY (namespace, key)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE block (number INTEGER PRIMARY KEY, header_hash TEXT NOT NULL, previous_hash TEXT NOT NULL,
         data_hash TEXT NOT NULL, transactions INTEGER NOT NULL, checks TEXT NOT NULL) STRICT`,
      `CREATE TABLE "transaction" (${ORIGIN}, code INTEGER NOT NULL, timestamp TEXT, msp_id TEXT, party TEXT, role TEXT,
         key_held_by TEXT, command TEXT, PRIMARY KEY (block, position)) STRICT, WITHOUT ROWID`,
      'CREATE INDEX transaction_id ON "transaction" (transaction_id)',
      `CREATE TABLE party (party_id TEXT PRIMARY KEY, msp_id TEXT NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL,
         registered_at TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE device (kid TEXT PRIMARY KEY, jwk TEXT NOT NULL, owner TEXT NOT NULL, msp_id TEXT NOT NULL,
         kind TEXT NOT NULL, place TEXT, status TEXT NOT NULL, registered_at TEXT NOT NULL, revoked_at TEXT, reason TEXT,
         ${ORIGIN}) STRICT`,
      `CREATE TABLE shipment (ucr TEXT PRIMARY KEY, opener TEXT NOT NULL, goods TEXT NOT NULL, origin TEXT NOT NULL,
         departure TEXT NOT NULL, transport_mode TEXT NOT NULL, importer TEXT NOT NULL, declarant TEXT, seller TEXT,
         opened_at TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE custody (ucr TEXT PRIMARY KEY, custodian TEXT NOT NULL, since TEXT NOT NULL,
         handovers INTEGER NOT NULL, open INTEGER, ${ORIGIN}) STRICT`,
      `CREATE TABLE handover (ucr TEXT NOT NULL, number INTEGER NOT NULL, from_party TEXT NOT NULL, to_party TEXT NOT NULL,
         place TEXT NOT NULL, status TEXT NOT NULL, offered_at TEXT NOT NULL, closed_at TEXT, reason TEXT, ${ORIGIN},
         PRIMARY KEY (ucr, number)) STRICT`,
      `CREATE TABLE statement (statement_id TEXT PRIMARY KEY, kid TEXT NOT NULL, seq INTEGER NOT NULL,
         item INTEGER NOT NULL, jws TEXT NOT NULL, signature_holds INTEGER NOT NULL, ${ORIGIN}, UNIQUE (kid, seq)) STRICT`,
      `CREATE TABLE event (ucr TEXT NOT NULL, ${ORIGIN}, item INTEGER NOT NULL, kind TEXT NOT NULL,
         recorded_at TEXT NOT NULL, place TEXT, statement_id TEXT, kid TEXT, handover INTEGER, custodian TEXT,
         PRIMARY KEY (ucr, block, position, item)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE request (who TEXT NOT NULL, request_id TEXT NOT NULL, command TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (who, request_id)) STRICT`,
    ],
  },
  {
    name: '0002_device_life',
    statements: [
      'ALTER TABLE device ADD COLUMN calibrated_until TEXT',
      'ALTER TABLE device ADD COLUMN suspension TEXT',
      'ALTER TABLE device ADD COLUMN epoch TEXT',
      'ALTER TABLE device ADD COLUMN predecessor TEXT',
      'ALTER TABLE device ADD COLUMN successor TEXT',
      'ALTER TABLE device ADD COLUMN compromise TEXT',
      'ALTER TABLE statement ADD COLUMN late INTEGER NOT NULL DEFAULT 0',
      `CREATE TABLE equivocation (kid TEXT NOT NULL, seq INTEGER NOT NULL, statements TEXT NOT NULL,
         filed_by TEXT NOT NULL, filed_at TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (kid, seq)) STRICT`,
    ],
  },
  {
    name: '0003_mandates',
    statements: [
      'ALTER TABLE party ADD COLUMN gln TEXT',
      'ALTER TABLE party ADD COLUMN registration TEXT',
      'ALTER TABLE party ADD COLUMN updated_at TEXT',
      'ALTER TABLE "transaction" ADD COLUMN on_behalf_of TEXT',
      `CREATE TABLE aeo (party_id TEXT PRIMARY KEY, status TEXT NOT NULL, decided_by TEXT NOT NULL,
         decided_at TEXT NOT NULL, reason TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE mandate (mandator TEXT NOT NULL, mandatary TEXT NOT NULL, mandate TEXT NOT NULL, scope TEXT NOT NULL,
         ucr_prefix TEXT, until TEXT NOT NULL, granted_at TEXT NOT NULL, withdrawn_at TEXT, ${ORIGIN},
         PRIMARY KEY (mandator, mandatary, mandate)) STRICT`,
      `CREATE TABLE naming (ucr TEXT NOT NULL, party_id TEXT NOT NULL, role TEXT NOT NULL, named_by TEXT NOT NULL,
         named_at TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (ucr, party_id)) STRICT`,
    ],
  },
  {
    name: 'documents',
    statements: [
      `CREATE TABLE document (document TEXT PRIMARY KEY, anchored_by TEXT NOT NULL, type TEXT NOT NULL,
         issuer TEXT NOT NULL, number TEXT NOT NULL, ucr TEXT, version INTEGER NOT NULL, sha256 TEXT NOT NULL,
         anchored_at TEXT NOT NULL, withdrawn_at TEXT, reason TEXT, ${ORIGIN}) STRICT`,
      'CREATE INDEX document_ucr ON document (ucr)',
      `CREATE TABLE anchor (document TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL,
         anchored_at TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (document, version)) STRICT`,
      'CREATE INDEX anchor_sha256 ON anchor (sha256)',
    ],
  },
  {
    name: 'containment',
    statements: [
      `CREATE TABLE containment (unit TEXT NOT NULL, ucr TEXT NOT NULL, goods INTEGER NOT NULL, packages INTEGER,
         carries INTEGER NOT NULL, within TEXT, at TEXT NOT NULL, by TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (unit, ucr, block, position)) STRICT, WITHOUT ROWID`,
      'CREATE INDEX containment_by_consignment ON containment (ucr)',
      'CREATE INDEX containment_by_carrier ON containment (within)',
    ],
  },
  {
    // What earlier blocks wrote is read again: this layout keeps more of it.
    name: 'history',
    refill: true,
    statements: [
      'ALTER TABLE block ADD COLUMN ledger_time TEXT',
      `CREATE TABLE history (key TEXT NOT NULL, value TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (key, block, position)) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    name: 'handover',
    statements: [
      'ALTER TABLE handover ADD COLUMN expires_at TEXT',
      'ALTER TABLE handover ADD COLUMN stated TEXT',
      'ALTER TABLE handover ADD COLUMN differences TEXT',
      'ALTER TABLE handover ADD COLUMN release TEXT',
      `CREATE TABLE witness (ucr TEXT NOT NULL, handover INTEGER NOT NULL, kid TEXT NOT NULL, seq INTEGER NOT NULL,
         statement_id TEXT NOT NULL, attached_by TEXT NOT NULL, attached_at TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (ucr, handover, kid, seq)) STRICT`,
      `CREATE TABLE pickup (ucr TEXT NOT NULL, release TEXT NOT NULL, from_party TEXT NOT NULL, carrier TEXT NOT NULL,
         plate_commitment TEXT NOT NULL, place TEXT NOT NULL, status TEXT NOT NULL, released_at TEXT NOT NULL,
         expires_at TEXT NOT NULL, handover INTEGER, closed_at TEXT, reason TEXT, ${ORIGIN},
         PRIMARY KEY (ucr, release)) STRICT`,
    ],
  },
  {
    name: 'customs',
    statements: [
      'ALTER TABLE shipment ADD COLUMN customs TEXT',
      'ALTER TABLE event ADD COLUMN decision TEXT',
      'ALTER TABLE event ADD COLUMN hold INTEGER',
      `CREATE TABLE customs (ucr TEXT PRIMARY KEY, customs TEXT NOT NULL, status TEXT NOT NULL, latest TEXT,
         release TEXT, proposed TEXT, ${ORIGIN}) STRICT`,
      `CREATE TABLE hold (ucr TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, units TEXT, carried_by TEXT,
         permit TEXT, placed TEXT NOT NULL, partial TEXT NOT NULL, proposed TEXT, lifted TEXT, ${ORIGIN},
         PRIMARY KEY (ucr, number)) STRICT`,
      `CREATE TABLE forgery (key TEXT NOT NULL, endorsers TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (block, position, key)) STRICT`,
    ],
  },
  {
    name: 'origin',
    statements: [
      `CREATE TABLE lot (lot TEXT PRIMARY KEY, holder TEXT NOT NULL, record TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE transformation (transformation TEXT PRIMARY KEY, record TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE certificate (certificate TEXT PRIMARY KEY, lot TEXT NOT NULL, status TEXT NOT NULL,
         record TEXT NOT NULL, ${ORIGIN}) STRICT`,
      'CREATE INDEX certificate_lot ON certificate (lot)',
      `CREATE TABLE drawdown (lot TEXT NOT NULL, number INTEGER NOT NULL, ucr TEXT NOT NULL, certificate TEXT,
         record TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (lot, number)) STRICT`,
      'CREATE INDEX drawdown_ucr ON drawdown (ucr)',
    ],
  },
  {
    name: 'seals',
    statements: [
      `CREATE TABLE seal (unit TEXT NOT NULL, seal TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, source TEXT,
         type TEXT, fitted TEXT NOT NULL, opened TEXT, removed TEXT, replaces TEXT, replaced_by TEXT, ${ORIGIN},
         PRIMARY KEY (unit, seal)) STRICT`,
      `CREATE TABLE sealcheck (unit TEXT NOT NULL, seal TEXT NOT NULL, party_id TEXT NOT NULL, check_id TEXT NOT NULL,
         finding TEXT NOT NULL, step TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (unit, seal, party_id, check_id)) STRICT`,
    ],
  },
  {
    name: 'declaration',
    statements: [
      `CREATE TABLE declaration (declaration TEXT PRIMARY KEY, ucr TEXT NOT NULL, record TEXT NOT NULL,
         ${ORIGIN}) STRICT`,
      'CREATE INDEX declaration_ucr ON declaration (ucr)',
      `CREATE TABLE acceptance (declaration TEXT PRIMARY KEY, record TEXT NOT NULL, ${ORIGIN}) STRICT`,
    ],
  },
  {
    name: 'risk',
    statements: [
      'ALTER TABLE customs ADD COLUMN finding TEXT',
      `CREATE TABLE risk (ucr TEXT NOT NULL, about TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL,
         ${ORIGIN}, PRIMARY KEY (ucr, about, number)) STRICT`,
    ],
  },
  {
    name: 'inspection',
    statements: [
      'ALTER TABLE event ADD COLUMN inspection INTEGER',
      "ALTER TABLE hold ADD COLUMN placed_at TEXT NOT NULL DEFAULT ''",
      "UPDATE hold SET placed_at = json_extract(placed, '$.at')",
      `CREATE TABLE inspection (ucr TEXT NOT NULL, number INTEGER NOT NULL, to_party TEXT NOT NULL,
         deadline TEXT NOT NULL, open INTEGER NOT NULL, record TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (ucr, number)) STRICT`,
      'CREATE INDEX inspection_open ON inspection (open, deadline)',
      `CREATE TABLE acknowledgement (ucr TEXT NOT NULL, inspection INTEGER NOT NULL, answer TEXT NOT NULL,
         record TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (ucr, inspection)) STRICT`,
    ],
  },
  {
    name: 'dispute',
    statements: [
      `CREATE TABLE dispute (ucr TEXT NOT NULL, disputant TEXT NOT NULL, dispute TEXT NOT NULL, statement_id TEXT,
         act_by TEXT, act_request TEXT, record TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (ucr, disputant, dispute)) STRICT`,
      `CREATE TABLE ruling (ucr TEXT NOT NULL, disputant TEXT NOT NULL, dispute TEXT NOT NULL, record TEXT NOT NULL,
         ${ORIGIN}, PRIMARY KEY (ucr, disputant, dispute)) STRICT`,
      'CREATE INDEX request_transaction ON request (transaction_id)',
    ],
  },
  {
    name: 'consolidation',
    statements: [
      `CREATE TABLE master (master TEXT PRIMARY KEY, record TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE consolidation (ucr TEXT NOT NULL, master TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL,
         by TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (ucr, master)) STRICT`,
      'CREATE INDEX consolidation_master ON consolidation (master)',
      'ALTER TABLE shipment ADD COLUMN parents TEXT',
      'ALTER TABLE custody ADD COLUMN ended TEXT',
    ],
  },
  { name: 'regime', statements: ['ALTER TABLE customs ADD COLUMN regime TEXT'] },
  {
    name: 'parameters',
    statements: [
      `CREATE TABLE parameters (version INTEGER PRIMARY KEY, record TEXT NOT NULL, ${ORIGIN}) STRICT`,
      `CREATE TABLE proposal (proposed_by TEXT NOT NULL, proposal TEXT NOT NULL, proposed_at TEXT NOT NULL,
         record TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (proposed_by, proposal)) STRICT`,
      `CREATE TABLE approval (proposed_by TEXT NOT NULL, proposal TEXT NOT NULL, by TEXT NOT NULL,
         record TEXT NOT NULL, ${ORIGIN}, PRIMARY KEY (proposed_by, proposal, by)) STRICT`,
    ],
  },
  {
    name: 'correction',
    statements: [
      `CREATE TABLE correction (statement_id TEXT PRIMARY KEY, corrected_id TEXT NOT NULL, declaration_time TEXT NOT NULL,
         reason TEXT, ${ORIGIN}) STRICT`,
      'CREATE INDEX correction_corrected ON correction (corrected_id)',
      `CREATE TABLE corrective (statement_id TEXT NOT NULL, item INTEGER NOT NULL, corrective_id TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (statement_id, item)) STRICT`,
      'CREATE INDEX corrective_corrective ON corrective (corrective_id)',
    ],
  },
  {
    // From here on a table whose rows later blocks replace is made together with its past: see past-rows.ts.
    name: 'past',
    refill: true,
    statements: [
      ...Object.entries({
        party: 'party_id',
        aeo: 'party_id',
        mandate: 'mandator, mandatary, mandate',
        naming: 'ucr, party_id',
        device: 'kid',
        equivocation: 'kid, seq',
        shipment: 'ucr',
        custody: 'ucr',
        handover: 'ucr, number',
        witness: 'ucr, handover, kid, seq',
        pickup: 'ucr, release',
        master: 'master',
        consolidation: 'ucr, master',
        seal: 'unit, seal',
        sealcheck: 'unit, seal, party_id, check_id',
        customs: 'ucr',
        hold: 'ucr, number',
        declaration: 'declaration',
        acceptance: 'declaration',
        risk: 'ucr, about, number',
        inspection: 'ucr, number',
        acknowledgement: 'ucr, inspection',
        dispute: 'ucr, disputant, dispute',
        ruling: 'ucr, disputant, dispute',
        document: 'document',
        anchor: 'document, version',
        lot: 'lot',
        transformation: 'transformation',
        certificate: 'certificate',
        drawdown: 'lot, number',
        parameters: 'version',
        proposal: 'proposed_by, proposal',
        approval: 'proposed_by, proposal, by',
      }).flatMap(([table, key]) => keepPast(table, key)),
      'CREATE INDEX past_consolidation_master ON past_consolidation (master)',
      'CREATE INDEX past_declaration_ucr ON past_declaration (ucr)',
      'CREATE INDEX past_document_ucr ON past_document (ucr)',
      'CREATE INDEX past_certificate_lot ON past_certificate (lot)',
    ],
  },
  {
    name: 'mention',
    refill: true,
    statements: [
      `CREATE TABLE mention (thing TEXT NOT NULL, ${ORIGIN}, item INTEGER NOT NULL, statement_id TEXT NOT NULL,
         PRIMARY KEY (thing, block, position, item)) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    name: 'calibration',
    statements: ['device', 'past_device'].flatMap((table) => [
      `ALTER TABLE ${table} ADD COLUMN calibration TEXT`,
      `ALTER TABLE ${table} ADD COLUMN signs_for TEXT`,
    ]),
  },
  {
    name: 'opening',
    refill: true,
    statements: [
      `CREATE TABLE opening_step (holder TEXT NOT NULL, commitment TEXT NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL,
         owner TEXT, subject TEXT, field TEXT, ${ORIGIN}, PRIMARY KEY (holder, commitment, block, position)) STRICT`,
      'CREATE INDEX opening_step_at ON opening_step (at)',
    ],
  },
  {
    name: 'sight',
    refill: true,
    statements: [
      `CREATE TABLE sight (viewer TEXT NOT NULL, subject TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (viewer, subject)) STRICT, WITHOUT ROWID`,
      'CREATE INDEX event_statement ON event (statement_id)',
    ],
  },
];

/** The index's file, for one who writes or for those who read. */
export interface OpenIndex {
  /** For rows, typed. */
  readonly rows: Kysely<IndexDatabase>;
  /** The same connection, for the world state, which the rules read synchronously. */
  readonly raw: DatabaseSync;
  close(): Promise<void>;
}

/** Opens `index.sqlite`, making or extending its tables. Deleting the file is safe: it is rebuilt from the ledger. */
export async function openIndex(path: string): Promise<OpenIndex> {
  const raw = openSqlite(path, { durable: false, exclusive: false });
  const rows = new Kysely<IndexDatabase>({ dialect: sqliteDialect(raw) });
  await migrate(rows, migrations);
  return { rows, raw, close: () => rows.destroy() };
}

/** The same while nobody else has the file open: a damaged one is removed, for the ledger fills a new one. */
export async function openOrRebuildIndex(path: string): Promise<OpenIndex> {
  try {
    return await openIndex(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    return openIndex(path);
  }
}
