import type { Gain } from '../sight/viewers.js';
import type { Origin, SightTable } from './tables/index.js';

/** The rows of a gain of sight. */
export function sightRows(gain: Gain | undefined, origin: Origin): readonly SightTable[] {
  if (!gain) return [];
  const { subject, viewers } = gain;
  return viewers.map((viewer) => ({ viewer, subject, ...origin }));
}
