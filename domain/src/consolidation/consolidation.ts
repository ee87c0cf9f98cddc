import { PassageError } from '../errors/passage-error.js';
import { ownerOfId } from '../shape/owned-id.js';
import type { ConsolidationRecord } from './consolidation-record.js';

/** Who does it, and when. */
export type ConsolidationStep = { readonly at: string; readonly by: string };

/** A house consignment goes under a master. @throws PassageError CONSOLIDATED where it is under one */
export function consolidate(
  before: ConsolidationRecord | undefined,
  { ucr, master }: { readonly ucr: string; readonly master: string },
  step: ConsolidationStep,
): ConsolidationRecord {
  refuseConsolidated(before);
  return { v: 1, ucr, master, status: 'consolidated', ...step };
}

/** Refuses what a house does only by itself. @throws PassageError CONSOLIDATED */
export function refuseConsolidated(record: ConsolidationRecord | undefined): void {
  if (record?.status !== 'consolidated') return;
  const { ucr, master } = record;
  throw new PassageError('CONSOLIDATED', `${ucr} travels under ${master}`, { ucr, master });
}

/**
 * A house consignment comes out of the master that it travels under: done by whoever has it in custody, or by who opened the master.
 *
 * @throws PassageError NOT_CONSOLIDATED, MAY_NOT_DECONSOLIDATE
 */
export function deconsolidate(
  before: ConsolidationRecord | undefined,
  { ucr, master, custodian }: { readonly ucr: string; readonly master: string; readonly custodian: string },
  step: ConsolidationStep,
): ConsolidationRecord {
  if (before?.status !== 'consolidated' || before.master !== master) {
    throw new PassageError('NOT_CONSOLIDATED', `${ucr} does not travel under ${master}`, { ucr, master });
  }
  const opener = ownerOfId(master);
  if (step.by !== custodian && step.by !== opener) {
    const details = { ucr, master, custodian, opener };
    throw new PassageError('MAY_NOT_DECONSOLIDATE', `${step.by} has neither ${ucr} nor ${master}`, details);
  }
  return { v: 1, ucr, master, status: 'deconsolidated', ...step };
}
