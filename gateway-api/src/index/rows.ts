import type { Transaction } from 'kysely';

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
    event: ['ucr', 'block', 'position', 'item'],
    sight: ['viewer', 'subject'],
    equivocation: ['kid', 'seq'],
    document: ['document'],
    anchor: ['document', 'version'],
    history: ['key', 'block', 'position'],
    lot: ['lot'],
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
] as const);

/** SQLite takes 32,766 values in one statement. */
const MOST_VALUES = 30_000;

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
    event: [],
    sight: [],
    equivocation: [],
    document: [],
    anchor: [],
    history: [],
    lot: [],
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
  };
}

/** Writes a block's rows; call inside the transaction that also moves the head. */
export async function writeRows(step: Transaction<IndexDatabase>, rows: BlockRows): Promise<void> {
  for (const table of Object.keys(primaryKeys) as RowTable[]) {
    await upsert(step, table, primaryKeys[table], rows[table] as unknown as Record<string, unknown>[]);
  }
}

async function upsert(
  step: Transaction<IndexDatabase>,
  table: RowTable,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const once = writtenOnce.has(table);
  const columns = Object.keys(first);
  const size = Math.floor(MOST_VALUES / columns.length);
  const unique = oneOfEach(key, once ? [...rows].reverse() : rows);
  for (let from = 0; from < unique.length; from += size) {
    await step
      .insertInto(table)
      .values(unique.slice(from, from + size))
      .onConflict((conflict) =>
        once
          ? conflict.doNothing()
          : conflict
              .columns(key as never)
              .doUpdateSet((e) =>
                Object.fromEntries(columns.map((c) => [c, e.ref(`excluded.${c}` as never)])),
              ),
      )
      .execute();
  }
}

/** The last row of each key. */
function oneOfEach(
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): readonly Record<string, unknown>[] {
  const last = new Map(rows.map((row) => [key.map((column) => String(row[column])).join('\u0000'), row]));
  return [...last.values()];
}
