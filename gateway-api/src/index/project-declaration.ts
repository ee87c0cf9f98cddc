import type { Projections } from './projection.js';

/** What was declared, and what customs has accepted of it. */
export const declarationProjections: Projections<'declaration' | 'acceptance'> = {
  declaration: (r, { origin, rows }) => {
    rows.declaration.push({ declaration: r.declaration, ucr: r.ucr, record: JSON.stringify(r), ...origin });
  },
  acceptance: (r, { origin, rows }) => {
    rows.acceptance.push({ declaration: r.declaration, record: JSON.stringify(r), ...origin });
  },
};
