import type { CustomsRecord, Finding } from '../customs/customs-record.js';
import { resultOf } from './inspection-steps.js';
import type { By, InspectionRecord } from './inspection-record.js';

/**
 * What releases depend on, after an opinion was given: once an inspection has not conformed, another one that does changes
 * nothing, or a single officer could order one to wipe the finding out. Only the same inspection's second opinion can.
 */
export function findingAfter(
  { finding }: CustomsRecord,
  record: InspectionRecord,
  { by, at }: By,
): Finding | undefined {
  const { inspection } = record;
  const result = resultOf(record);
  const stays = finding?.result === 'non_conforming' && finding.inspection !== inspection;
  return stays || result === undefined ? finding : { result, by, at, inspection };
}
