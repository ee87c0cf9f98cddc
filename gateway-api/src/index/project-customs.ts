import { customsStatus } from '@passage/domain';

import { addEvent, json } from './projection.js';
import type { Projections } from './projection.js';

/** Where shipments stand with customs, and what was decided. */
export const customsProjections: Projections<'customs' | 'hold' | 'guard'> = {
  customs: (r, p) => {
    const { origin, rows } = p;
    rows.customs.push({
      ucr: r.ucr,
      customs: r.customs,
      status: customsStatus(r),
      latest: json(r.latest),
      release: json(r.release),
      proposed: json(r.proposedRelease),
      finding: r.finding?.result ?? null,
      regime: json(r.regime),
      ...origin,
    });
    // A split or a merge writes the record once more; it is no decision.
    if (r.latest === undefined || r.ended !== undefined) return;
    const { kind: decision, hold, inspection } = r.latest;
    const about = { ...(hold !== undefined && { hold }), ...(inspection !== undefined && { inspection }) };
    addEvent(p, { ucr: r.ucr, kind: 'customs_decision', decision, ...about });
  },
  hold: (r, { origin, rows }) => {
    rows.hold.push({
      ucr: r.ucr,
      number: r.hold,
      kind: r.kind,
      units: json(r.units),
      carried_by: json(r.carriedBy),
      permit: r.permit ?? null,
      placed: JSON.stringify(r.placed),
      placed_at: r.placed.at,
      partial: JSON.stringify(r.partial),
      proposed: json(r.proposed),
      lifted: json(r.lifted),
      ...origin,
    });
  },
  guard: () => undefined,
};
