import { comparePositions, isBefore } from '../facts/ledger-position.js';
import type { KeyFact, LedgerNow, StatementFact } from '../facts/facts.js';
import { pathToStatement, step, type Alert, type KeyHistory } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Numbers of a key that are missing below one that is recorded, or below the end that its rotation named, for longer than they
 * may be on their way. What an epoch skips is not missing.
 */
export function gapAlerts(
  { key, statements }: KeyHistory,
  tolerancesAt: TolerancesAt,
  now: LedgerNow,
): readonly Alert[] {
  const used = Math.max(key.rotated?.seq ?? 0, statements.at(-1)?.seq ?? 0);
  const { from = 1, to = used } = key.known ?? {};
  return missing(statements, { from, to: Math.min(to, used) })
    .flatMap((range) => withoutSkipped(range, key))
    .flatMap(({ from, to }) => {
      const revealed = revealing(statements, key, to);
      if (revealed === undefined) return [];
      if (now.ledgerTime - revealed.ledgerTime <= tolerancesAt(revealed.at).gapPatience) return [];
      const { at, statement } = revealed;
      const path = statement ? pathToStatement(statement) : [step('device', key.kid)];
      return [{ kind: 'gap', subject: key.kid, at, path, details: { from, to } } as const];
    });
}

/** Statements that reached the ledger after one with a higher number. */
export function reorderAlerts({ statements }: KeyHistory): readonly Alert[] {
  const inLedgerOrder = [...statements].sort((one, other) => comparePositions(one.at, other.at));
  const alerts: Alert[] = [];
  let highest: StatementFact | undefined;
  for (const statement of inLedgerOrder) {
    if (highest === undefined || statement.seq > highest.seq) {
      highest = statement;
      continue;
    }
    const path = [...pathToStatement(statement), step('statement', highest.statementId)];
    const details = { seq: statement.seq, after: highest.seq };
    alerts.push({ kind: 'reordered', subject: statement.kid, at: statement.at, path, details });
  }
  return alerts;
}

/** Statements whose `prev` is another than the one that the ledger holds under the number before. */
export function chainAlerts({ key, statements }: KeyHistory): readonly Alert[] {
  const ids = new Map(statements.map(({ seq, statementId }) => [seq, statementId]));
  return statements.flatMap((statement) => {
    const epoch = key.epochs.find(({ firstSeq }) => firstSeq === statement.seq);
    const expected = epoch ? epoch.after.last : ids.get(statement.seq - 1);
    if (expected === undefined || statement.prev === expected) return [];
    const path = [...pathToStatement(statement), step('statement', expected)];
    const details = { seq: statement.seq, prev: statement.prev ?? null, expected };
    return [{ kind: 'broken_chain', subject: key.kid, at: statement.at, path, details } as const];
  });
}

/** Numbers under which the key was proven to have signed two things: somebody else has it, or its owner tells two stories. */
export function equivocationAlerts({ key: { kid, equivocations } }: KeyHistory): readonly Alert[] {
  return equivocations.map(({ seq, at, transactionId, statementIds }) => {
    const statements = statementIds.map((id) => step('statement', id));
    const path = [step('device', kid), ...statements, step('transaction', transactionId)];
    return { kind: 'equivocation', subject: kid, at, path, details: { seq } };
  });
}

/** The numbers of a window that no statement bears. */
function missing(statements: readonly StatementFact[], window: Range): readonly Range[] {
  const ranges: Range[] = [];
  let next = window.from;
  for (const { seq } of statements) {
    if (seq > next) ranges.push({ from: next, to: Math.min(seq - 1, window.to) });
    next = Math.max(next, seq + 1);
  }
  if (next <= window.to) ranges.push({ from: next, to: window.to });
  return ranges;
}

/** What remains of a range without the numbers between the end of an epoch and the start of the next. */
function withoutSkipped(range: Range, { epochs }: KeyFact): readonly Range[] {
  return epochs.reduce<readonly Range[]>(
    (ranges, { firstSeq, after }) =>
      ranges.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, after.seq) },
          { from: Math.max(from, firstSeq), to },
        ].filter((part) => part.from <= part.to),
      ),
    [range],
  );
}

/** What shows that a number was used: the earliest record of a higher one, or the rotation that names the end. */
function revealing(
  statements: readonly StatementFact[],
  { rotated }: KeyFact,
  number: number,
): (Pick<StatementFact, 'at' | 'ledgerTime'> & { readonly statement?: StatementFact }) | undefined {
  const earliest = statements
    .filter(({ seq }) => seq > number)
    .reduce<StatementFact | undefined>(
      (first, each) => (first === undefined || isBefore(each.at, first.at) ? each : first),
      undefined,
    );
  if (rotated && rotated.seq >= number && (!earliest || isBefore(rotated.at, earliest.at))) return rotated;
  return earliest && { at: earliest.at, ledgerTime: earliest.ledgerTime, statement: earliest };
}
