import type { KeyFact, LedgerNow, StatementFact } from '../facts/facts.js';
import { objectsOf } from '../facts/statement-fact.js';
import { pathToStatement, step, type Alert, type KeyHistory } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

/** Statements that reached the ledger long after the time they bear. */
export function lateCaptureAlerts({ statements }: KeyHistory, tolerancesAt: TolerancesAt): readonly Alert[] {
  return statements.flatMap((statement) => {
    const late = statement.ledgerTime - (statement.eventTime ?? statement.ledgerTime);
    if (late <= tolerancesAt(statement.at).lateCapture) return [];
    return [onStatement('late_capture', statement, { milliseconds: late })];
  });
}

/**
 * Signs of a wrong clock: a time ahead of the ledger's own, or one that lies before the time of a statement which the same key
 * signed earlier.
 */
export function clockDriftAlerts({ statements }: KeyHistory, tolerancesAt: TolerancesAt): readonly Alert[] {
  const alerts: Alert[] = [];
  let latest: { readonly time: number; readonly statement: StatementFact } | undefined;
  for (const statement of statements) {
    const { eventTime: time, ledgerTime } = statement;
    if (time === undefined) continue;
    const { clockDrift } = tolerancesAt(statement.at);
    if (time - ledgerTime > clockDrift) {
      alerts.push(onStatement('clock_drift', statement, { ahead: time - ledgerTime }));
    }
    if (latest && latest.time - time > clockDrift) {
      const alert = onStatement('clock_drift', statement, { back: latest.time - time });
      alerts.push({ ...alert, path: [...alert.path, step('statement', latest.statement.statementId)] });
    }
    if (!latest || time > latest.time) latest = { time, statement };
  }
  return alerts;
}

/**
 * Times for which a device that should report said nothing, between two reports on the same thing; the last one may still go on.
 * A device that has moved to another thing in between was not silent about either.
 */
export function silenceAlerts(
  { key, statements }: KeyHistory,
  tolerancesAt: TolerancesAt,
  now: LedgerNow,
): readonly Alert[] {
  const heard = statements.filter((each) => each.eventTime !== undefined);
  return heard.flatMap((statement, index) => {
    const { silence } = tolerancesAt(statement.at);
    const most = Object.hasOwn(silence, key.kind) ? silence[key.kind] : undefined;
    if (most === undefined) return [];
    const next = heard[index + 1];
    if (next ? !isAboutTheSame(statement, next) : isOver(key)) return [];
    const silent = (next?.eventTime ?? now.ledgerTime) - (statement.eventTime ?? 0);
    if (silent <= most) return [];
    return [onStatement('silent_device', statement, { milliseconds: silent, ongoing: next === undefined })];
  });
}

function isAboutTheSame(one: StatementFact, other: StatementFact): boolean {
  const objects = objectsOf(other);
  return objects.length === 0 || objectsOf(one).some((object) => objects.includes(object));
}

/** Whether nothing more can come of the key, or more may have come than is known here. */
function isOver({ revoked, rotated, known }: KeyFact): boolean {
  return (revoked ?? rotated ?? known) !== undefined;
}

function onStatement(
  kind: 'late_capture' | 'clock_drift' | 'silent_device',
  statement: StatementFact,
  details: Alert['details'],
): Alert {
  return { kind, subject: statement.kid, at: statement.at, path: pathToStatement(statement), details };
}
