import type { ReleaseFact, SealOpeningFact, StatementFact } from '../facts/facts.js';
import { objectsOf } from '../facts/statement-fact.js';
import { step, type Alert } from './alert.js';

/**
 * Seals that were opened or removed before customs released what they close: by an act, or seen by a device, whose statement then
 * has the disposition `container_open` (CBV 2.0, 7.2).
 */
export function sealAlerts(
  openings: readonly SealOpeningFact[],
  statements: readonly StatementFact[],
  releases: readonly ReleaseFact[],
): readonly Alert[] {
  const isReleased = (objects: readonly string[], time: number): boolean =>
    releases.some(
      (release) => release.from <= time && release.objects.some((each) => objects.includes(each)),
    );
  const byAct = openings
    .filter(({ objects, time }) => !isReleased(objects, time))
    .map(({ seal, transactionId, objects, at }) => ({
      kind: 'seal_opened' as const,
      subject: objects[0] ?? seal,
      at,
      path: [
        ...objects.slice(0, 1).map((object) => step('object', object)),
        step('seal', seal),
        step('transaction', transactionId),
      ],
      details: { seal },
    }));
  const seen = statements
    .filter(
      (each) =>
        each.disposition === 'container_open' &&
        !isReleased(objectsOf(each), each.eventTime ?? each.ledgerTime),
    )
    .map((each) => {
      const subject = objectsOf(each)[0] ?? each.kid;
      return {
        kind: 'seal_opened' as const,
        subject,
        at: each.at,
        path: [step('object', subject), step('statement', each.statementId), step('device', each.kid)],
        details: {},
      };
    });
  return [...byAct, ...seen];
}
