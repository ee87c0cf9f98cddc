import type { LedgerNow, OfferFact, StatementFact, WithinFact } from '../facts/facts.js';
import { objectsOf } from '../facts/statement-fact.js';
import { areApart } from '../facts/whereabouts.js';
import { reachOf } from '../taint/reach.js';
import { step, wayBack, type Alert } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

/**
 * Times in which nobody answers for goods: a handover that waits too long for its answer, or goods, or what they lie in, that are
 * seen elsewhere while it waits.
 */
export function custodyAlerts(
  offers: readonly OfferFact[],
  statements: readonly StatementFact[],
  within: readonly WithinFact[],
  tolerancesAt: TolerancesAt,
  now: LedgerNow,
): readonly Alert[] {
  return offers.flatMap((offer) => {
    const { ucr, offered, answered, where } = offer;
    const offerPath = [
      step('handover', `${ucr}/${offer.handover}`),
      step('transaction', offer.transactionId),
    ];
    const waited = (answered ?? now.ledgerTime) - offered;
    const unanswered: readonly Alert[] =
      waited > tolerancesAt(offer.at).offerPatience
        ? [
            {
              kind: 'custody_gap',
              subject: ucr,
              at: offer.at,
              path: [step('object', ucr), ...offerPath],
              details: { milliseconds: waited, ongoing: answered === undefined },
            },
          ]
        : [];
    const elsewhere = statements.flatMap((statement): readonly Alert[] => {
      const { at, eventTime = 0, where: seen, statementId } = statement;
      if (eventTime <= offered || seen === undefined) return [];
      if (answered !== undefined && eventTime >= answered) return [];
      if (!areApart(where, seen, tolerancesAt(at).samePlace)) return [];
      const found = reachOf(objectsOf(statement), at, within, []).find(({ object }) => object === ucr);
      if (found === undefined) return [];
      const path = [...wayBack(found), step('statement', statementId), ...offerPath];
      return [{ kind: 'custody_gap', subject: ucr, at, path, details: {} }];
    });
    return [...unanswered, ...elsewhere];
  });
}
