import type { KeyFact, StatementFact } from '../facts/facts.js';
import type { LedgerPosition } from '../facts/ledger-position.js';
import type { JsonObject } from '../json/value.js';
import type { Reached } from '../taint/reach.js';

/** Every kind of alert; docs/alerts.md has a row for each. */
export const alertKinds = [
  'tainted',
  'unproven',
  'gap',
  'broken_chain',
  'equivocation',
  'reordered',
  'late_capture',
  'clock_drift',
  'out_of_calibration',
  'silent_device',
  'two_places',
  'impossible_speed',
  'held_goods_moved',
  'seal_opened',
  'custody_gap',
  'packed_while_sealed',
  'in_two_units',
  'over_packed',
] as const;

export type AlertKind = (typeof alertKinds)[number];

/** One step of the way back to a cause: what it is, and its id on the ledger. */
export interface PathStep {
  readonly what: 'object' | 'device' | 'statement' | 'transaction' | 'hold' | 'handover' | 'seal';
  readonly id: string;
}

/** Something that somebody should look at. It blocks nothing by itself. */
export interface Alert {
  readonly kind: AlertKind;
  /** What it is about: an EPC, a UCR or a device's key. */
  readonly subject: string;
  /** From where on the ledger it can be known. */
  readonly at: LedgerPosition;
  /** From the subject back to the cause: each step is why the one before it counts. */
  readonly path: readonly PathStep[];
  readonly details: JsonObject;
}

export function step(what: PathStep['what'], id: string): PathStep {
  return { what, id };
}

/** From a device's key to one of its statements. */
export function pathToStatement({ kid, statementId }: StatementFact): readonly PathStep[] {
  return [step('device', kid), step('statement', statementId)];
}

/** From something that was reached back to what a statement names. */
export function wayBack({ path }: Reached): readonly PathStep[] {
  return [...path]
    .reverse()
    .flatMap(({ object, transactionId }) => [
      step('object', object),
      ...(transactionId === undefined ? [] : [step('transaction', transactionId)]),
    ]);
}

/** A key with what the ledger holds of it, in the order of its numbers. */
export interface KeyHistory {
  readonly key: KeyFact;
  readonly statements: readonly StatementFact[];
}
