import type { CustomsRecord } from '../../customs/customs-record.js';
import { customsReads } from '../../customs/refuse-while-held.js';
import { PassageError } from '../../errors/passage-error.js';
import type { AcknowledgementRecord } from '../../inspection/acknowledgement-record.js';
import type { By, InspectionRecord } from '../../inspection/inspection-record.js';
import { inspectionStatus, requireStep, type InspectionStep } from '../../inspection/inspection-steps.js';
import type { JsonObject } from '../../json/value.js';
import { ordinal, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { customsFor } from '../customs/customs-decision.js';

/** What every step names. */
export type InspectionInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly inspection: number;
};

export const inspectionInput = { requestId, ucr, inspection: ordinal } as const;

/** The keys that `inspectionAt` and `inspectionOfCustoms` read. */
export function inspectionReads({ ucr, inspection }: InspectionInput): readonly StateKey[] {
  return [...customsReads(ucr), keys.inspection(ucr, inspection), keys.acknowledgement(ucr, inspection)];
}

/** An inspection at some step, with what was answered to the order. */
export interface InspectionAt {
  readonly record: InspectionRecord;
  readonly answer: AcknowledgementRecord | undefined;
}

/** An inspection that takes this step now. @throws PassageError INSPECTION_UNKNOWN, INSPECTION_STEP */
export function inspectionAt(
  step: InspectionStep,
  { ucr, inspection }: InspectionInput,
  view: WorldView,
): InspectionAt {
  const record = view.get(keys.inspection(ucr, inspection));
  if (record === undefined) {
    const message = `${ucr} has no inspection ${String(inspection)}`;
    throw new PassageError('INSPECTION_UNKNOWN', message, { ucr, inspection });
  }
  const answer = view.get(keys.acknowledgement(ucr, inspection));
  requireStep(step, record, answer);
  return { record, answer };
}

/**
 * The same for a step of customs, with the shipment's standing.
 *
 * @throws PassageError SHIPMENT_UNKNOWN, NOT_COMPETENT, INSPECTION_UNKNOWN, INSPECTION_STEP
 */
export function inspectionOfCustoms(
  step: InspectionStep,
  input: InspectionInput,
  actor: PartyActor,
  view: WorldView,
): InspectionAt & { readonly customs: CustomsRecord } {
  const customs = customsFor(input.ucr, actor, view);
  return { customs, ...inspectionAt(step, input, view) };
}

export function byActor({ party }: PartyActor, at: string): By {
  return { by: party.partyId, at };
}

/** The inspection as it stands after a step, to be written. */
export function written(record: InspectionRecord): StateEntry {
  return entry(keys.inspection(record.ucr, record.inspection), record);
}

/** What whoever took a step is told. */
export function resultAt(
  record: InspectionRecord,
  answer: AcknowledgementRecord | undefined,
): JsonObject & { readonly status: string } {
  const { ucr, inspection } = record;
  return { ucr, inspection, status: inspectionStatus(record, answer) };
}
