import type { Projections } from './projection.js';

/** What carries the goods. */
export const unitProjections: Projections<'containment'> = {
  containment: (r, { origin, rows }) => {
    rows.containment.push({
      unit: r.unit,
      ucr: r.ucr,
      goods: r.goods === undefined ? 0 : 1,
      packages: r.goods?.packages ?? null,
      carries: r.carries === true ? 1 : 0,
      within: r.within ?? null,
      at: r.at,
      by: r.by,
      ...origin,
    });
  },
};
