import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

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

/** Writes rows, each by a statement that is prepared once for its table: made anew for every block it costs more than the rows. */
export class RowWriter {
  readonly #database: DatabaseSync;
  readonly #columns: StatementSync;
  readonly #prepared = new Map<RowTable, PreparedInsert>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#columns = database.prepare('SELECT name FROM pragma_table_info(?)');
  }

  /** Writes a block's rows; call inside the transaction that also moves the head. */
  write(rows: BlockRows): void {
    for (const table of Object.keys(primaryKeys) as RowTable[]) {
      this.#upsert(table, rows[table] as unknown as readonly Row[]);
    }
  }

  #upsert(table: RowTable, rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const { columns, statement } = this.#insertInto(table);
    const key = primaryKeys[table];
    for (const row of oneOfEach(key, writtenOnce.has(table) ? [...rows].reverse() : rows))
      statement.run(...columns.map((column) => row[column] ?? null));
  }

  #insertInto(table: RowTable): PreparedInsert {
    const known = this.#prepared.get(table);
    if (known) return known;
    const columns = this.#columns.all(table).map(({ name }) => String(name));
    const made = { columns, statement: this.#database.prepare(insertSql(table, columns)) };
    this.#prepared.set(table, made);
    return made;
  }
}

type Row = Readonly<Record<string, SQLInputValue | undefined>>;

interface PreparedInsert {
  readonly columns: readonly string[];
  readonly statement: StatementSync;
}

/** A later row replaces an earlier one of the same key, save where the first one stands. */
function insertSql(table: RowTable, columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`);
  const replaced = names.map((name) => `${name} = excluded.${name}`).join(', ');
  const conflict = writtenOnce.has(table)
    ? 'ON CONFLICT DO NOTHING'
    : `ON CONFLICT (${primaryKeys[table].map((column) => `"${column}"`).join(', ')}) DO UPDATE SET ${replaced}`;
  return `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ${conflict}`;
}

/** The last row of each key. */
function oneOfEach(key: readonly string[], rows: readonly Row[]): Iterable<Row> {
  if (rows.length === 1) return rows;
  return new Map(
    rows.map((row) => [key.map((column) => String(row[column] as string | number)).join('\u0000'), row]),
  ).values();
}
