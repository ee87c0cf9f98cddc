import type { StateKind } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import { primaryKeys } from '../index/rows.js';
import type { RowTable } from '../index/rows.js';
import { aboutAct } from './feed-entry.js';
import type { ActEntry, Entry, StatementEntry } from './feed-entry.js';

/**
 * An entry as far as a caller sees it, told by the same reader that queries go through: a statement that it could ask for, with
 * the consignments that it sees; an act that wrote a record which it sees, about what such records name. Undefined where it sees
 * nothing of it.
 */
export function seenEntry(entry: Entry, seen: IndexReader): Promise<Entry | undefined> {
  return entry.what === 'act' ? seenAct(entry, seen) : seenStatement(entry, seen);
}

async function seenStatement(entry: StatementEntry, seen: IndexReader): Promise<Entry | undefined> {
  const { about, statement } = entry;
  if ((await seen.statements.statement(statement.statement_id)) === undefined) return undefined;
  const shown = await Promise.all(about.shipments.map((ucr) => seen.shipments.shipment(ucr)));
  return { ...entry, about: { ...about, shipments: about.shipments.filter((_, i) => shown[i]) } };
}

async function seenAct(entry: ActEntry, seen: IndexReader): Promise<Entry | undefined> {
  const shown = await Promise.all(entry.records.map(({ kind, ids }) => isSeen(kind, ids, seen)));
  const records = entry.records.filter((_, i) => shown[i]);
  if (records.length === 0) return undefined;
  return { ...entry, records, about: aboutAct(entry.actors, records) };
}

/** Everyone reads which ledger this is; other kinds are rows of the table of their name. */
async function isSeen(kind: StateKind, ids: readonly string[], { feed }: IndexReader): Promise<boolean> {
  if (kind === 'ledger') return true;
  return kind in primaryKeys && feed.has(kind as RowTable, ids);
}
