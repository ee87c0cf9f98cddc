import { requireExplained } from '@passage/domain';
import { lawful, unless } from '../custody-rule.js';
import { changesOf } from '../custody-transaction.js';
import type { CustodyRule } from '../custody-rule.js';

/** A score is the sum of what its rules contribute, each once; assessments are counted, and who made one stands there. */
export const riskScores: CustodyRule = {
  check: 'risk-score',
  look: (transaction) =>
    changesOf(transaction, 'risk').flatMap(({ key, before, after }) => [
      lawful(`${key} is the sum of its contributions`, () => {
        requireExplained(after);
      }),
      unless(
        after.number === (before?.number ?? 0) + 1 && after.by === transaction.actor?.party.partyId,
        `assessment ${String((before?.number ?? 0) + 1)} under ${key} by ${transaction.actor?.party.partyId ?? 'nobody'}`,
        `${String(after.number)} by ${after.by}`,
      ),
    ]),
};
