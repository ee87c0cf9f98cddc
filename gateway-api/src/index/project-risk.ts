import type { Projections } from './projection.js';

/** What customs thought of consignments: every assessment stays. */
export const riskProjections: Projections<'risk'> = {
  risk: (r, { origin, rows }) => {
    const about = r.about?.declaration ?? 'shipment';
    rows.risk.push({ ucr: r.ucr, about, number: r.number, record: JSON.stringify(r), ...origin });
  },
};
