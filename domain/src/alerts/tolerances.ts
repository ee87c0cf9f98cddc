import type { WitnessTolerances } from '../taint/witness.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** From when on something is an alert. Lengths in metres, times in milliseconds. */
export interface AlertTolerances {
  /** How near in place and time an independent witness has to be. */
  readonly witness: WitnessTolerances;
  /** How long a missing statement may be on its way, once a later one of its key is recorded. */
  readonly gapPatience: number;
  /** How long after the event a statement may reach the ledger. */
  readonly lateCapture: number;
  /** How far a device's clock may be off. */
  readonly clockDrift: number;
  /** How long a device may say nothing, by its kind; a kind that is not named may be silent for ever. */
  readonly silence: Readonly<Record<string, number>>;
  /** Two places nearer than this are one place. */
  readonly samePlace: number;
  /** Faster than this nothing moves, in kilometres an hour. */
  readonly topSpeed: number;
  /** How long an offered handover may wait for an answer. */
  readonly offerPatience: number;
}

/** What holds as long as the ledger's parameters say nothing else. */
export const defaultTolerances: AlertTolerances = {
  witness: { metres: 2_000, milliseconds: 2 * HOUR },
  gapPatience: 24 * HOUR,
  lateCapture: 24 * HOUR,
  clockDrift: 5 * MINUTE,
  silence: { gps_eseal: 48 * HOUR, condition_sensor: 48 * HOUR },
  samePlace: 2_000,
  topSpeed: 1_000,
  offerPatience: 72 * HOUR,
};
