import type { Migration } from '../migrate.js';
import { keepPast } from '../past-rows.js';
import { ORIGIN } from './origin-columns.js';

/** The tables whose rows later blocks replace, as they were when their past was first kept, with their keys. */
const replaced = {
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
};

/** What was added for the questions that are asked of it: the past, sight, EPCIS queries, lineage, the tree over events, the feed. */
export const questionMigrations: readonly Migration[] = [
  {
    // From here on a table whose rows later blocks replace is made together with its past: see past-rows.ts.
    name: 'past',
    refill: true,
    statements: [
      ...Object.entries(replaced).flatMap(([table, key]) => keepPast(table, key)),
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
  {
    name: 'epcis_query',
    refill: true,
    statements: [
      ...['recorded_at', 'event_type', 'action', 'event_time'].map(
        (column) => `ALTER TABLE statement ADD COLUMN ${column} TEXT NOT NULL DEFAULT ''`,
      ),
      ...['biz_step', 'disposition', 'read_point', 'biz_location', 'event_id'].map(
        (column) => `ALTER TABLE statement ADD COLUMN ${column} TEXT`,
      ),
      'ALTER TABLE statement ADD COLUMN declares_error INTEGER NOT NULL DEFAULT 0',
      'CREATE INDEX statement_place ON statement (block, position, item)',
      'CREATE INDEX statement_time ON statement (event_time, block, position, item)',
      ...['biz_step', 'disposition', 'read_point', 'biz_location', 'event_id'].map(
        (column) => `CREATE INDEX statement_${column} ON statement (${column}) WHERE ${column} IS NOT NULL`,
      ),
      `CREATE TABLE epcis_term (term TEXT NOT NULL, value TEXT NOT NULL, ${ORIGIN}, item INTEGER NOT NULL,
         statement_id TEXT NOT NULL, PRIMARY KEY (term, value, block, position, item)) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    name: 'lineage',
    refill: true,
    statements: [
      `CREATE TABLE lineage (input TEXT NOT NULL, output TEXT NOT NULL, kind TEXT NOT NULL, cause TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (output, input, kind, cause)) STRICT, WITHOUT ROWID`,
      'CREATE INDEX lineage_input ON lineage (input)',
    ],
  },
  {
    name: 'ledger_event',
    refill: true,
    statements: [
      `CREATE TABLE ledger_event (leaf INTEGER PRIMARY KEY, event_id TEXT NOT NULL, item INTEGER NOT NULL, kid TEXT,
         ${ORIGIN}) STRICT`,
      'CREATE INDEX ledger_event_id ON ledger_event (event_id)',
      'CREATE INDEX ledger_event_block ON ledger_event (block, leaf)',
      `CREATE TABLE event_about (ucr TEXT NOT NULL, leaf INTEGER NOT NULL, ${ORIGIN},
         PRIMARY KEY (ucr, leaf)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE tree_node (level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL,
         block INTEGER NOT NULL, PRIMARY KEY (level, number)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE record_naming (ucr TEXT NOT NULL, key TEXT NOT NULL, ${ORIGIN},
         PRIMARY KEY (ucr, key)) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    // What a block wrote is read in its order by those who follow the ledger: see feed-reader.ts.
    name: 'feed',
    statements: [
      'CREATE INDEX history_block ON history (block)',
      'CREATE INDEX statement_block ON statement (block)',
    ],
  },
  {
    // A recheck looks for rows that no block gives: see recheck/compare-rows.ts.
    name: 'recheck',
    statements: [...Object.keys(replaced), 'event'].map(
      (table) => `CREATE INDEX ${table}_of_block ON ${table} (block)`,
    ),
  },
  {
    // Up to which block an index was rebuilt by links alone: see links-alone.ts.
    name: 'linked',
    statements: ['ALTER TABLE head ADD COLUMN linked_to INTEGER'],
  },
];
