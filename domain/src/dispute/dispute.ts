import { PassageError } from '../errors/passage-error.js';
import type { DisputeAnswer, DisputeRecord, RulingRecord } from './dispute-record.js';

/** How far a dispute has come. */
export const disputeStages = ['open', 'answered', 'ruled', 'withdrawn'] as const;

export type DisputeStage = (typeof disputeStages)[number];

/** What can be done about a dispute. */
export const disputeSteps = ['answer', 'rule', 'withdraw'] as const;

export type DisputeStep = (typeof disputeSteps)[number];

/** The steps that a dispute takes next. A custodian judges its own predecessors, so customs may look at its answer again. */
const next: Readonly<Record<DisputeStage, readonly DisputeStep[]>> = {
  open: ['answer', 'rule', 'withdraw'],
  answered: ['rule'],
  ruled: [],
  withdrawn: [],
};

/** How a dispute stands, for whoever asks whether the event is to be believed. */
export const disputeStatuses = ['open', 'upheld', 'dismissed', 'withdrawn'] as const;

export type DisputeStatus = (typeof disputeStatuses)[number];

/** How far a dispute has come, with customs' word on it where there is one. */
export function disputeStage(
  { answer, withdrawn }: DisputeRecord,
  ruling: RulingRecord | undefined,
): DisputeStage {
  if (withdrawn !== undefined) return 'withdrawn';
  if (ruling !== undefined) return 'ruled';
  return answer === undefined ? 'open' : 'answered';
}

/** How a dispute stands: customs' word counts before a custodian's. */
export function disputeStatus(dispute: DisputeRecord, ruling: RulingRecord | undefined): DisputeStatus {
  if (disputeStage(dispute, ruling) === 'withdrawn') return 'withdrawn';
  return ruling?.finding ?? dispute.answer?.finding ?? 'open';
}

/** Whether a dispute speaks against its event: while nobody has answered, and once it was upheld. */
export function speaksAgainst(status: DisputeStatus): boolean {
  return status === 'open' || status === 'upheld';
}

/** @throws PassageError DISPUTE_CLOSED where the step does not follow on how the dispute stands */
export function requireStep(
  dispute: DisputeRecord,
  ruling: RulingRecord | undefined,
  step: DisputeStep,
): void {
  const stage = disputeStage(dispute, ruling);
  if (next[stage].includes(step)) return;
  const { ucr, disputant, dispute: id } = dispute;
  const details = { ucr, disputant, dispute: id, stage, status: disputeStatus(dispute, ruling) };
  throw new PassageError('DISPUTE_CLOSED', `The dispute ${id} of ${disputant} is ${stage}`, details);
}

/** The dispute as the custodian has answered it. @throws PassageError DISPUTE_CLOSED, OWN_DISPUTE */
export function answered(
  dispute: DisputeRecord,
  ruling: RulingRecord | undefined,
  answer: DisputeAnswer,
): DisputeRecord {
  requireOther(dispute, answer.by);
  requireStep(dispute, ruling, 'answer');
  return { ...dispute, answer };
}

/** The dispute as its disputant has taken it back. @throws PassageError DISPUTE_CLOSED */
export function withdrawnDispute(
  dispute: DisputeRecord,
  ruling: RulingRecord | undefined,
  withdrawn: NonNullable<DisputeRecord['withdrawn']>,
): DisputeRecord {
  requireStep(dispute, ruling, 'withdraw');
  return { ...dispute, withdrawn };
}

/** Nobody judges his own dispute. @throws PassageError OWN_DISPUTE */
export function requireOther({ ucr, disputant, dispute }: DisputeRecord, by: string): void {
  if (by !== disputant) return;
  throw new PassageError('OWN_DISPUTE', `${by} has raised the dispute itself`, { ucr, disputant, dispute });
}
