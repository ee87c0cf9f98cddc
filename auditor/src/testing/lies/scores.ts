import { keys } from '@passage/domain';
import { change, officer, opens, told, ucr } from './story.js';
import type { Lie } from './lie.js';

export const scores: readonly Lie[] = [
  {
    what: 'a score is not the sum of its contributions',
    story: () => {
      const contributions = [{ rule: 'alert.gap', points: 15, reason: 'a gap' }];
      const assessed = { ucr, rules: { name: 'passage', version: '1' }, score: 15, contributions };
      return [
        opens(),
        told(officer, 'AssessRisk', assessed, { forge: change(keys.risk(ucr), { score: 0 }) }),
      ];
    },
    check: 'risk-score',
    expected: /is the sum of its contributions/,
    found: /INVALID_FIELD/,
  },
];
