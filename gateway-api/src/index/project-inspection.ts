import type { Projections } from './projection.js';

/** What customs has had looked at, and what was answered to its orders. */
export const inspectionProjections: Projections<'inspection' | 'acknowledgement'> = {
  inspection: (r, { origin, rows }) => {
    rows.inspection.push({
      ucr: r.ucr,
      number: r.inspection,
      to_party: r.to,
      deadline: r.deadline,
      open: r.outcome === undefined ? 1 : 0,
      record: JSON.stringify(r),
      ...origin,
    });
  },
  acknowledgement: (r, { origin, rows }) => {
    const { ucr, inspection, answer } = r;
    rows.acknowledgement.push({ ucr, inspection, answer, record: JSON.stringify(r), ...origin });
  },
};
