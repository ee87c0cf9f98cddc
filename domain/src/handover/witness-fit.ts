import { defaultTolerances } from '../alerts/tolerances.js';
import { arePlacesOne, whereaboutsOfPlace, type Whereabouts } from '../facts/whereabouts.js';
import type { HandoverRecord } from './handover-record.js';

/** How well a device's statement bears a handover out. */
export interface WitnessFit {
  /** Whether it was at the handover's place; undefined where what both say of it cannot be compared. */
  readonly atPlace: boolean | undefined;
  /** Seconds by which its event lies before the offer or after the answer, by the device's own clock; 0 in between. */
  readonly secondsOff: number | undefined;
}

/**
 * Compares what a witness says with the handover that it is attached to. The ledger takes every statement that is on it: a clock
 * that is wrong is a fact, too, and whoever reads the answer judges.
 *
 * @param seen `where`: what the event says of its place; `eventTime`: ISO 8601 with an offset.
 */
export function witnessFit(
  handover: Pick<HandoverRecord, 'place' | 'offeredAt' | 'closedAt'>,
  seen: { readonly where: Whereabouts | undefined; readonly eventTime: string },
): WitnessFit {
  const time = Date.parse(seen.eventTime);
  const [from, to] = [Date.parse(handover.offeredAt), Date.parse(handover.closedAt ?? handover.offeredAt)];
  const where = whereaboutsOfPlace(handover.place);
  const off = Math.max(from - time, time - to, 0);
  return {
    atPlace: where && seen.where && arePlacesOne(where, seen.where, defaultTolerances.samePlace),
    secondsOff: Number.isNaN(time) ? undefined : Math.round(off / 1000),
  };
}
