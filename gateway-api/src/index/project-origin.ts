import { lotSubject } from '../sight/viewers.js';
import type { Projections } from './projection.js';

/** Rows of lots, of what was made of them, and of certificates: each keeps its record whole, beside what it is looked up by. */
export const originProjections: Projections<'lot' | 'transformation' | 'certificate' | 'drawdown'> = {
  lot: (r, { origin, rows }) => {
    rows.lot.push({ lot: r.lot, holder: r.holder, record: JSON.stringify(r), ...origin });
  },
  transformation: (r, { origin, rows }) => {
    rows.transformation.push({ transformation: r.transformation, record: JSON.stringify(r), ...origin });
    for (const { lot } of r.inputs) {
      for (const output of r.outputs) {
        const [from, to] = [lotSubject(lot), lotSubject(output)];
        rows.lineage.push({
          input: from,
          output: to,
          kind: 'transformed',
          cause: r.transformation,
          ...origin,
        });
      }
    }
  },
  certificate: (r, { origin, rows }) => {
    rows.certificate.push({
      certificate: r.certificate,
      lot: r.lot,
      status: r.status,
      record: JSON.stringify(r),
      ...origin,
    });
  },
  drawdown: (r, { origin, rows }) => {
    rows.drawdown.push({
      lot: r.lot,
      number: r.number,
      ucr: r.ucr,
      certificate: r.certificate ?? null,
      record: JSON.stringify(r),
      ...origin,
    });
    const cause = `${r.lot}/${String(r.number)}`;
    rows.lineage.push({ input: lotSubject(r.lot), output: r.ucr, kind: 'shipped', cause, ...origin });
  },
};
