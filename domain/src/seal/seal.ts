import { PassageError } from '../errors/passage-error.js';
import type { SealFacts, SealRecord, SealStep } from './seal-record.js';

/** Which seal on which unit. */
export type SealRef = { readonly unit: string; readonly seal: string };

/**
 * A seal is fitted. A number that was on the unit before does not come back: it was broken when it came off.
 *
 * @throws PassageError SEAL_USED
 */
export function fitSeal(
  before: SealRecord | undefined,
  { unit, seal }: SealRef,
  facts: SealFacts,
  fitted: SealStep,
): SealRecord {
  if (before !== undefined) {
    const { status } = before;
    throw new PassageError('SEAL_USED', `The seal ${seal} was fitted to ${unit} already`, {
      unit,
      seal,
      status,
    });
  }
  return { v: 1, unit, seal, ...facts, status: 'fitted', fitted };
}

/** A seal is opened, and hangs there opened. @throws PassageError SEAL_UNKNOWN, SEAL_OPENED, SEAL_REMOVED */
export function openSeal(before: SealRecord | undefined, ref: SealRef, opened: SealStep): SealRecord {
  const record = present(before, ref);
  if (record.status === 'opened') {
    throw new PassageError('SEAL_OPENED', `The seal ${ref.seal} on ${ref.unit} was opened already`, ref);
  }
  return { ...record, status: 'opened', opened };
}

/** A seal, opened or not, comes off. @throws PassageError SEAL_UNKNOWN, SEAL_REMOVED */
export function removeSeal(before: SealRecord | undefined, ref: SealRef, removed: SealStep): SealRecord {
  return { ...present(before, ref), status: 'removed', removed };
}

/** The seal as it hangs there. @throws PassageError SEAL_UNKNOWN, SEAL_REMOVED */
export function present(record: SealRecord | undefined, { unit, seal }: SealRef): SealRecord {
  if (record === undefined) {
    throw new PassageError('SEAL_UNKNOWN', `No seal ${seal} was fitted to ${unit}`, { unit, seal });
  }
  if (record.status === 'removed') {
    throw new PassageError('SEAL_REMOVED', `The seal ${seal} was removed from ${unit}`, { unit, seal });
  }
  return record;
}

/** Customs' seals are customs' alone: to fit, open, remove and replace. @throws PassageError CUSTOMS_ONLY */
export function requireMaySeal({ source }: Pick<SealFacts, 'source'>, isCustoms: boolean): void {
  if (source !== 'CUS' || isCustoms) return;
  throw new PassageError('CUSTOMS_ONLY', 'The seal is a seal of customs', { source });
}
