import { statementIdOf } from '@passage/domain';

import type { Projections } from './projection.js';

/** What is disputed, and customs' word on it. */
export const disputeProjections: Projections<'dispute' | 'ruling'> = {
  dispute: (r, { origin, rows }) => {
    const { ucr, disputant, dispute, event } = r;
    const [statement, act] = 'act' in event ? [undefined, event.act] : [event.statement, undefined];
    rows.dispute.push({
      ucr,
      disputant,
      dispute,
      statement_id: statement ? statementIdOf(statement) : null,
      act_by: act?.by ?? null,
      act_request: act?.requestId ?? null,
      record: JSON.stringify(r),
      ...origin,
    });
  },
  ruling: (r, { origin, rows }) => {
    const { ucr, disputant, dispute } = r;
    rows.ruling.push({ ucr, disputant, dispute, record: JSON.stringify(r), ...origin });
  },
};
