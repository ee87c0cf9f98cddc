import { parseKey } from '@passage/domain';
import type { LedgerPosition, StateKey, StateKind } from '@passage/domain';

import type { FollowedStatement } from '../index/feed-reader.js';
import { readRecord } from '../index/read-record.js';
import type { IndexReader } from '../index/reader.js';
import type { HistoryTable, Origin, TransactionTable } from '../index/tables/index.js';
import { aboutRecord, aboutStatement, together } from './about.js';
import type { About } from './about.js';

/** One record that an act wrote, by its key, and what it is about. */
export interface RecordRef {
  readonly kind: StateKind;
  readonly ids: readonly string[];
  readonly about: About;
}

/** What everything on the feed has: its place in the ledger's order, and what it is about. */
interface Placed extends LedgerPosition {
  readonly origin: Origin;
  readonly about: About;
}

/** A statement that was recorded. */
export interface StatementEntry extends Placed {
  readonly what: 'statement';
  readonly statement: FollowedStatement;
}

/** An act: a transaction that records no statements alone. */
export interface ActEntry extends Placed {
  readonly what: 'act';
  readonly command: string;
  /** Who acted, and for whom. */
  readonly actors: readonly string[];
  readonly records: readonly RecordRef[];
}

export type Entry = StatementEntry | ActEntry;

/** The commands that do nothing but record statements, each of which is an entry of its own. */
const recording: ReadonlySet<string> = new Set(['RecordStatements', 'FileLateEvidence']);

/** Everything that some blocks recorded, in the ledger's order: an act, and behind it the statements of its transaction. */
export async function entriesOf(whole: IndexReader, from: number, to: number): Promise<readonly Entry[]> {
  const { feed } = whole;
  const [transactions, records, statements] = await Promise.all([
    feed.transactions(from, to),
    feed.records(from, to),
    feed.statements(from, to),
  ]);
  const written = byTransaction(records);
  const said = byTransaction(statements);
  return transactions.flatMap((transaction): Entry[] => {
    const key = placeOf(transaction);
    const stated = (said.get(key) ?? []).map(statementEntry);
    if (recording.has(transaction.command ?? '')) return stated;
    // An act that brings a statement has the statement's own entry behind it.
    return [actEntry(transaction, written.get(key) ?? []), ...stated];
  });
}

function statementEntry(statement: FollowedStatement): StatementEntry {
  const { block, position, item, jws, owner } = statement;
  const about = aboutStatement(jws, owner);
  return { what: 'statement', block, position, item: item + 1, origin: statement, about, statement };
}

function actEntry(transaction: TransactionTable, written: readonly HistoryTable[]): ActEntry {
  const { block, position, command, party, on_behalf_of } = transaction;
  const records = written.flatMap(({ key, value }) => recordRef(key, value));
  const actors = [party, on_behalf_of].filter((each) => each !== null);
  return {
    what: 'act',
    block,
    position,
    item: 0,
    origin: transaction,
    command: command ?? '',
    actors,
    about: aboutAct(actors, records),
    records,
  };
}

/** What an act is about, as far as some of its records tell. */
export function aboutAct(actors: readonly string[], records: readonly RecordRef[]): About {
  return together([{ parties: actors }, ...records.map(({ about }) => about)]);
}

function recordRef(key: string, value: string): readonly RecordRef[] {
  const parsed = parseKey(key);
  const record = readRecord(key as StateKey, Buffer.from(value));
  return parsed && record ? [{ ...parsed, about: aboutRecord(parsed.kind, record) }] : [];
}

type At = Pick<Origin, 'block' | 'position'>;

const placeOf = ({ block, position }: At): string => `${String(block)}.${String(position)}`;

function byTransaction<Row extends At>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const key = placeOf(row);
    const group = grouped.get(key);
    if (group) group.push(row);
    else grouped.set(key, [row]);
  }
  return grouped;
}
