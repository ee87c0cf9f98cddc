import { statementIdOf } from '@passage/domain';

import { addEvent, json } from './projection.js';
import type { Projections } from './projection.js';

/** Who has the goods, and how they change hands. */
export const handoverProjections: Projections<'custody' | 'handover' | 'witness' | 'pickup'> = {
  custody: (r, p) => {
    const { origin, rows } = p;
    rows.custody.push({
      ucr: r.ucr,
      custodian: r.custodian,
      since: r.since,
      handovers: r.handovers,
      open: r.open ?? null,
      ended: json(r.ended),
      ...origin,
    });
    const opened = r.handovers === 0 && r.ended === undefined;
    if (opened) addEvent(p, { ucr: r.ucr, kind: 'shipment_opened', custodian: r.custodian });
  },
  handover: (r, p) => {
    const { origin, rows } = p;
    rows.handover.push({
      ucr: r.ucr,
      number: r.handover,
      from_party: r.from,
      to_party: r.to,
      place: r.place,
      status: r.status,
      offered_at: r.offeredAt,
      closed_at: r.closedAt ?? null,
      reason: r.reason ?? null,
      expires_at: r.expiresAt ?? null,
      stated: json(r.stated),
      differences: json(r.differences),
      release: r.release ?? null,
      ...origin,
    });
    // Nobody did anything when an offer expired: it is closed by the next offer, which is the event.
    if (r.status === 'expired') return;
    addEvent(p, { ucr: r.ucr, kind: `handover_${r.status}`, handover: r.handover, place: r.place });
  },
  witness: (r, { origin, rows }) => {
    rows.witness.push({
      ucr: r.ucr,
      handover: r.handover,
      kid: r.kid,
      seq: r.seq,
      statement_id: statementIdOf(r),
      attached_by: r.attachedBy,
      attached_at: r.attachedAt,
      ...origin,
    });
  },
  pickup: (r, { origin, rows }) => {
    rows.pickup.push({
      ucr: r.ucr,
      release: r.release,
      from_party: r.from,
      carrier: r.carrier,
      plate_commitment: r.plateCommitment,
      place: r.place,
      status: r.status,
      released_at: r.releasedAt,
      expires_at: r.expiresAt,
      handover: r.handover ?? null,
      closed_at: r.closedAt ?? null,
      reason: r.reason ?? null,
      ...origin,
    });
  },
};
