import type { Projections } from './projection.js';

/** What the organisations propose, say and agree on. */
export const parameterProjections: Projections<'parameters' | 'proposal' | 'approval'> = {
  parameters: (r, { origin, rows }) => {
    rows.parameters.push({ version: r.version, record: JSON.stringify(r), ...origin });
  },
  proposal: (r, { origin, rows }) => {
    const { proposedBy, proposal, proposedAt } = r;
    rows.proposal.push({
      proposed_by: proposedBy,
      proposal,
      proposed_at: proposedAt,
      record: JSON.stringify(r),
      ...origin,
    });
  },
  approval: (r, { origin, rows }, [proposedBy = '', proposal = '', by = '']) => {
    rows.approval.push({ proposed_by: proposedBy, proposal, by, record: JSON.stringify(r), ...origin });
  },
};
