import { PassageError } from '../errors/passage-error.js';
import type { AcknowledgementRecord } from './acknowledgement-record.js';
import type { InspectionKind, InspectionRecord, InspectionResult } from './inspection-record.js';

export const inspectionStatuses = [
  'ordered',
  'acknowledged',
  'refused',
  'chosen',
  'imaged',
  'read',
  'judged',
  'disputed',
  'reviewed',
  'disposed',
] as const;

export type InspectionStatus = (typeof inspectionStatuses)[number];

export type InspectionStep = 'answer' | 'choose' | 'anchor' | 'read' | 'judge' | 'review' | 'dispose';

type From = readonly InspectionStatus[];

const anyKind = (from: From): Readonly<Record<InspectionKind, From>> => ({
  documents: from,
  scan: from,
  physical: from,
});

/**
 * The whole life of an inspection: from where each step may be taken, by kind. Silence of whoever is to carry it out keeps
 * customs from nothing; a refusal ends the order. docs/inspection.md has the diagrams.
 */
export const inspectionSteps: Readonly<Record<InspectionStep, Readonly<Record<InspectionKind, From>>>> = {
  answer: anyKind(['ordered', 'chosen']),
  choose: anyKind(['ordered', 'acknowledged']),
  anchor: { documents: [], scan: ['chosen', 'imaged', 'read'], physical: [] },
  read: { documents: [], scan: ['imaged', 'read'], physical: [] },
  judge: {
    documents: ['ordered', 'acknowledged', 'chosen'],
    scan: ['imaged', 'read'],
    physical: ['chosen'],
  },
  review: anyKind(['disputed']),
  dispose: anyKind(['judged', 'reviewed']),
};

/** How an inspection stands, by what is recorded of it. */
export function inspectionStatus(
  record: InspectionRecord,
  answer: AcknowledgementRecord | undefined,
): InspectionStatus {
  if (record.outcome !== undefined) return 'disposed';
  if (record.review !== undefined) return 'reviewed';
  if (record.verdict !== undefined) return isDisputed(record) ? 'disputed' : 'judged';
  if (record.readings.length > 0) return 'read';
  if (record.images.length > 0) return 'imaged';
  if (answer?.answer === 'refused') return 'refused';
  if (record.choice !== undefined) return 'chosen';
  return answer === undefined ? 'ordered' : 'acknowledged';
}

/** Whether the analyst's verdict differs from what a program has read. */
export function isDisputed({ verdict, readings }: InspectionRecord): boolean {
  return verdict !== undefined && readings.some(({ result }) => result !== verdict.result);
}

/**
 * What came of an inspection so far; undefined before the verdict. While verdict and reading differ, and nobody has decided
 * between them, the goods count as not conforming.
 */
export function resultOf(record: InspectionRecord): InspectionResult | undefined {
  const { verdict, review } = record;
  if (review !== undefined) return review.result;
  return isDisputed(record) ? 'non_conforming' : verdict?.result;
}

/** Whether the step may be taken now. @throws PassageError INSPECTION_STEP */
export function requireStep(
  step: InspectionStep,
  record: InspectionRecord,
  answer: AcknowledgementRecord | undefined,
): void {
  const { ucr, inspection, kind } = record;
  const status = inspectionStatus(record, answer);
  if (inspectionSteps[step][kind].includes(status) && !(step === 'answer' && answer !== undefined)) return;
  const message = `Inspection ${String(inspection)} of ${ucr} (${kind}) is ${status}: it does not take this step now`;
  throw new PassageError('INSPECTION_STEP', message, { ucr, inspection, kind, status });
}
