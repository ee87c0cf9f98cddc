import { PassageError } from '../../errors/passage-error.js';
import type { HandoverStep } from '../../handover/handover.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { custodyOf } from '../shipments/custody-of.js';
import type { Outcome } from '../define.js';

/** Which handover is answered. */
export type HandoverRef = { readonly ucr: string; readonly handover: number };

/** The keys that an answer reads. */
export function handoverReads({ ucr, handover }: HandoverRef): readonly StateKey[] {
  return [keys.custody(ucr), keys.handover(ucr, handover)];
}

/** The handover as it stands. @throws PassageError SHIPMENT_UNKNOWN, HANDOVER_UNKNOWN */
export function currentHandover({ ucr, handover: number }: HandoverRef, view: WorldView): HandoverStep {
  const custody = custodyOf(ucr, view);
  const handover = view.get(keys.handover(ucr, number));
  if (handover === undefined) {
    const details = { ucr, handover: number, handovers: custody.handovers };
    throw new PassageError('HANDOVER_UNKNOWN', `${ucr} has no handover ${String(number)}`, details);
  }
  return { custody, handover };
}

/** Both records of an answered handover, and what the party that answered is told. */
export function answerOutcome({ custody, handover }: HandoverStep): Outcome {
  const { ucr } = custody;
  return {
    writes: [entry(keys.custody(ucr), custody), entry(keys.handover(ucr, handover.handover), handover)],
    result: { ucr, handover: handover.handover, custodian: custody.custodian },
  };
}
