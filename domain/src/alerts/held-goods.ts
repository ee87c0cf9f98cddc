import type { HoldFact, StatementFact } from '../facts/facts.js';
import { objectsOf } from '../facts/statement-fact.js';
import { areApart } from '../facts/whereabouts.js';
import { step, type Alert } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

/** The CBV steps (CBV 2.0, 7.1) in which goods leave where they are. */
const leaving: ReadonlySet<string> = new Set(['departing', 'loading', 'shipping', 'transporting']);

/**
 * Held goods that a device saw moving, or elsewhere than where they were last seen before the hold. The times are the devices'
 * own: a statement that arrives during the hold and speaks of an earlier time accuses nobody, unless it comes too late for that
 * (`late_capture`).
 */
export function heldGoodsAlerts(
  holds: readonly HoldFact[],
  statements: readonly StatementFact[],
  tolerancesAt: TolerancesAt,
): readonly Alert[] {
  return holds.flatMap((hold) =>
    hold.objects.flatMap((object) => {
      const seen = statements
        .filter((each) => each.eventTime !== undefined && objectsOf(each).includes(object))
        .sort((one, other) => (one.eventTime ?? 0) - (other.eventTime ?? 0));
      const held = seen.findLast((each) => (each.eventTime ?? 0) <= hold.from && each.where)?.where;
      const moved = (each: StatementFact): boolean =>
        leaving.has(each.bizStep ?? '') ||
        (held !== undefined &&
          each.where !== undefined &&
          areApart(held, each.where, tolerancesAt(each.at).samePlace));
      return seen
        .filter((each) => isWhile(hold, each) && moved(each))
        .map(({ at, statementId, bizStep }) => ({
          kind: 'held_goods_moved' as const,
          subject: object,
          at,
          path: [
            step('object', object),
            step('statement', statementId),
            step('hold', hold.id),
            step('transaction', hold.transactionId),
          ],
          details: { ...(bizStep !== undefined && { bizStep }) },
        }));
    }),
  );
}

function isWhile({ from, until }: HoldFact, { eventTime = 0 }: StatementFact): boolean {
  return eventTime > from && (until === undefined || eventTime < until);
}
