import type { IndexDatabase } from './tables/index.js';

/** The tables that a block's rows go to; state and head are written apart. */
export type RowTable = Exclude<keyof IndexDatabase, 'state' | 'head'>;

/**
 * Rows by table, each with the values of every column. A later row replaces an earlier one of the same key, save in the tables
 * that are written once.
 */
export type BlockRows = { readonly [Table in RowTable]: IndexDatabase[Table][] };

/** The columns that make a row's key. */
export const primaryKeys: { readonly [Table in RowTable]: readonly (keyof IndexDatabase[Table] & string)[] } =
  {
    block: ['number'],
    transaction: ['block', 'position'],
    parameters: ['version'],
    proposal: ['proposed_by', 'proposal'],
    approval: ['proposed_by', 'proposal', 'by'],
    party: ['party_id'],
    aeo: ['party_id'],
    mandate: ['mandator', 'mandatary', 'mandate'],
    device: ['kid'],
    shipment: ['ucr'],
    naming: ['ucr', 'party_id'],
    customs: ['ucr'],
    hold: ['ucr', 'number'],
    forgery: ['block', 'position', 'key'],
    custody: ['ucr'],
    handover: ['ucr', 'number'],
    witness: ['ucr', 'handover', 'kid', 'seq'],
    pickup: ['ucr', 'release'],
    containment: ['unit', 'ucr', 'block', 'position'],
    master: ['master'],
    consolidation: ['ucr', 'master'],
    seal: ['unit', 'seal'],
    sealcheck: ['unit', 'seal', 'party_id', 'check_id'],
    statement: ['statement_id'],
    mention: ['thing', 'block', 'position', 'item'],
    epcis_term: ['term', 'value', 'block', 'position', 'item'],
    event: ['ucr', 'block', 'position', 'item'],
    sight: ['viewer', 'subject'],
    equivocation: ['kid', 'seq'],
    document: ['document'],
    anchor: ['document', 'version'],
    history: ['key', 'block', 'position'],
    lot: ['lot'],
    lineage: ['output', 'input', 'kind', 'cause'],
    transformation: ['transformation'],
    certificate: ['certificate'],
    drawdown: ['lot', 'number'],
    declaration: ['declaration'],
    acceptance: ['declaration'],
    risk: ['ucr', 'about', 'number'],
    inspection: ['ucr', 'number'],
    acknowledgement: ['ucr', 'inspection'],
    correction: ['statement_id'],
    corrective: ['statement_id', 'item'],
    dispute: ['ucr', 'disputant', 'dispute'],
    ruling: ['ucr', 'disputant', 'dispute'],
    opening_step: ['holder', 'commitment', 'block', 'position'],
    request: ['who', 'request_id'],
    ledger_event: ['leaf'],
    event_about: ['ucr', 'leaf'],
    tree_node: ['level', 'number'],
    record_naming: ['ucr', 'key'],
  };

/**
 * Tables of what a ledger says once: the row that comes first stands. Colluding endorsers can write such a key again; that changes
 * nothing of what was said first, and does not stop the index.
 */
export const writtenOnce: ReadonlySet<RowTable> = new Set([
  'statement',
  'correction',
  'corrective',
  'request',
  'sight',
  'lineage',
  'ledger_event',
  'event_about',
  'tree_node',
  'record_naming',
] as const);

export function emptyRows(): BlockRows {
  return {
    block: [],
    transaction: [],
    parameters: [],
    proposal: [],
    approval: [],
    party: [],
    aeo: [],
    mandate: [],
    device: [],
    shipment: [],
    naming: [],
    customs: [],
    hold: [],
    forgery: [],
    custody: [],
    handover: [],
    witness: [],
    pickup: [],
    containment: [],
    master: [],
    consolidation: [],
    seal: [],
    sealcheck: [],
    statement: [],
    mention: [],
    epcis_term: [],
    event: [],
    sight: [],
    equivocation: [],
    document: [],
    anchor: [],
    history: [],
    lot: [],
    lineage: [],
    transformation: [],
    certificate: [],
    drawdown: [],
    declaration: [],
    acceptance: [],
    risk: [],
    inspection: [],
    acknowledgement: [],
    correction: [],
    corrective: [],
    dispute: [],
    ruling: [],
    opening_step: [],
    request: [],
    ledger_event: [],
    event_about: [],
    tree_node: [],
    record_naming: [],
  };
}

/** The tables that a block's rows go to, in the order in which they are written. */
export const rowTables = Object.keys(primaryKeys) as RowTable[];

/** A row of any of these tables. */
export type TableRow = Readonly<Record<string, string | number | Uint8Array | null | undefined>>;

/** Of rows for a table, the one of each key that is to stand: the last, or the first in a table that is written once. */
export function oneOfEach(table: RowTable, rows: readonly TableRow[]): Iterable<TableRow> {
  if (rows.length === 1) return rows;
  const key = primaryKeys[table];
  const inOrder = writtenOnce.has(table) ? rows.toReversed() : rows;
  return new Map(
    inOrder.map((row) => [key.map((column) => String(row[column] as string | number)).join('\u0000'), row]),
  ).values();
}

/** What an INSERT of a row ends on: a later row replaces an earlier one of the same key, save where the first one stands. */
export function upsertTail(table: RowTable, columns: readonly string[]): string {
  if (writtenOnce.has(table)) return 'ON CONFLICT DO NOTHING';
  const key = primaryKeys[table].map((column) => `"${column}"`).join(', ');
  const replaced = columns.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  return `ON CONFLICT (${key}) DO UPDATE SET ${replaced}`;
}
