import { json } from './projection.js';
import type { Projections } from './projection.js';

/** What carries the goods. */
export const unitProjections: Projections<'containment' | 'seal' | 'sealcheck'> = {
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
  seal: (r, { origin, rows }) => {
    rows.seal.push({
      unit: r.unit,
      seal: r.seal,
      kind: r.kind,
      status: r.status,
      source: r.source ?? null,
      type: r.type ?? null,
      fitted: JSON.stringify(r.fitted),
      opened: json(r.opened),
      removed: json(r.removed),
      replaces: r.replaces ?? null,
      replaced_by: r.replacedBy ?? null,
      ...origin,
    });
  },
  sealcheck: (r, { origin, rows }) => {
    rows.sealcheck.push({
      unit: r.unit,
      seal: r.seal,
      party_id: r.step.by,
      check_id: r.check,
      finding: r.finding,
      step: JSON.stringify(r.step),
      ...origin,
    });
  },
};
