import type { LedgerNow, OfferFact, StatementFact } from '../facts/facts.js';
import { areApart } from '../facts/whereabouts.js';
import { step, type Alert } from './alert.js';
import type { TolerancesAt } from './tolerances.js';

/**
 * Times in which nobody answers for goods: a handover that waits too long for its answer, or goods that are seen elsewhere while
 * it waits.
 */
export function custodyAlerts(
  offers: readonly OfferFact[],
  statements: readonly StatementFact[],
  tolerancesAt: TolerancesAt,
  now: LedgerNow,
): readonly Alert[] {
  return offers.flatMap((offer) => {
    const { ucr, offered, answered = now.ledgerTime, where } = offer;
    const offerPath = [
      step('handover', `${ucr}/${offer.handover}`),
      step('transaction', offer.transactionId),
    ];
    const waited = answered - offered;
    const unanswered: readonly Alert[] =
      waited > tolerancesAt(offer.at).offerPatience
        ? [
            {
              kind: 'custody_gap',
              subject: ucr,
              at: offer.at,
              path: [step('object', ucr), ...offerPath],
              details: { milliseconds: waited, ongoing: offer.answered === undefined },
            },
          ]
        : [];
    const elsewhere = statements
      .filter(
        ({ at, consignments, eventTime = 0, where: seen }) =>
          consignments.includes(ucr) &&
          eventTime > offered &&
          eventTime < answered &&
          seen !== undefined &&
          areApart(where, seen, tolerancesAt(at).samePlace),
      )
      .map(({ at, statementId }): Alert => ({
        kind: 'custody_gap',
        subject: ucr,
        at,
        path: [step('object', ucr), step('statement', statementId), ...offerPath],
        details: {},
      }));
    return [...unanswered, ...elsewhere];
  });
}
