import { comparePositions, type LedgerPosition } from '../facts/ledger-position.js';
import type { Parameters } from '../parameters/parameter-table.js';
import { defaultParameters, withDefaults, type ParameterChanges } from '../parameters/parameters.js';
import type { WitnessTolerances } from '../taint/witness.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
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

/** The tolerances that parameters come to. */
export function tolerancesOf(parameters: Parameters): AlertTolerances {
  return {
    witness: { metres: parameters.witnessMetres, milliseconds: parameters.witnessMinutes * MINUTE },
    gapPatience: parameters.gapHours * HOUR,
    lateCapture: parameters.lateHours * HOUR,
    clockDrift: parameters.clockSeconds * SECOND,
    silence: Object.fromEntries(parameters.silences.map(({ kind, hours }) => [kind, hours * HOUR])),
    samePlace: parameters.samePlaceMetres,
    topSpeed: parameters.topSpeed,
    offerPatience: parameters.handoverHours * HOUR,
  };
}

/** The tolerances by which something at a place on the ledger is judged: those in force there, whatever was agreed on since. */
export type TolerancesAt = (at: LedgerPosition) => AlertTolerances;

/** What holds as long as nobody has agreed on anything else. */
export const defaultTolerances = tolerancesOf(defaultParameters);

/**
 * The tolerances along the ledger.
 *
 * @param history each version of the parameters with the transaction that put it in force, in the ledger's order.
 */
export function tolerancesAlong(
  history: readonly { readonly from: LedgerPosition; readonly values: ParameterChanges }[],
): TolerancesAt {
  const steps = history.map(({ from, values }) => ({ from, tolerances: tolerancesOf(withDefaults(values)) }));
  return (at) =>
    steps.findLast(({ from }) => comparePositions(from, at) < 0)?.tolerances ?? defaultTolerances;
}
