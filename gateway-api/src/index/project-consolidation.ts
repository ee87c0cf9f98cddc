import type { Projections } from './projection.js';

/** Master consignments, and the houses under them. */
export const consolidationProjections: Projections<'master' | 'consolidation'> = {
  master: (r, { origin, rows }) => {
    rows.master.push({ master: r.master, record: JSON.stringify(r), ...origin });
  },
  consolidation: ({ ucr, master, status, at, by }, { origin, rows }) => {
    rows.consolidation.push({ ucr, master, status, at, by, ...origin });
  },
};
