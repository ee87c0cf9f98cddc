import { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import type { Calibration, DeviceRecord } from './device-record.js';
import { requireActive } from './device-life.js';

/** A calibration as its owner reports it: when it was made, and until when it holds (UTC, milliseconds). */
export type NewCalibration = Omit<Calibration, 'recordedAt'> & { readonly calibratedUntil: string };

/**
 * The device with a newer calibration. Suspended or not, it stays so. A calibration is never taken back: what was measured
 * while it held stays measured so. A device that measures wrong is suspended or revoked instead.
 *
 * @param at the transaction's time.
 * @throws PassageError DEVICE_ROTATED, DEVICE_REVOKED, INVALID_FIELD, CALIBRATION_OLDER
 */
export function calibrated(device: DeviceRecord, made: NewCalibration, at: string): DeviceRecord {
  if (device.status !== 'suspended') requireActive(device);
  const { calibratedUntil, ...calibration } = made;
  refuseViolations('The calibration', faults(made, at));
  const { kid, calibratedUntil: until, calibration: last } = device;
  const older = until !== undefined && calibratedUntil <= until;
  if (older || (last !== undefined && calibration.calibratedAt < last.calibratedAt)) {
    throw new PassageError('CALIBRATION_OLDER', `A newer calibration of ${kid} is on the ledger`, {
      kid,
      ...(until !== undefined && { calibratedUntil: until }),
      ...(last !== undefined && { calibratedAt: last.calibratedAt }),
    });
  }
  return { ...device, calibratedUntil, calibration: { ...calibration, recordedAt: at } };
}

function faults({ calibratedAt, calibratedUntil }: NewCalibration, at: string): readonly Violation[] {
  const ahead = { pointer: '/calibratedAt', code: 'VALUE', message: 'must not lie ahead of the ledger' };
  const ended = { pointer: '/calibratedUntil', code: 'VALUE', message: 'must lie behind calibratedAt' };
  return [...(calibratedAt > at ? [ahead] : []), ...(calibratedUntil <= calibratedAt ? [ended] : [])];
}

/** A time for which a device was calibrated, by its owner's word. Milliseconds since 1970; both ends belong to it. */
export interface CalibrationPeriod {
  /** Absent where the owner said at the registration only how long it holds. */
  readonly from?: number;
  readonly until: number;
}

/** The periods in a device's records, oldest first, each once. */
export function calibrationPeriods(records: readonly DeviceRecord[]): readonly CalibrationPeriod[] {
  const periods = records.flatMap(({ calibration, calibratedUntil }): CalibrationPeriod[] =>
    calibratedUntil === undefined
      ? []
      : [
          {
            ...(calibration !== undefined && { from: Date.parse(calibration.calibratedAt) }),
            until: Date.parse(calibratedUntil),
          },
        ],
  );
  return [...new Map(periods.map((period) => [period.until, period])).values()];
}

export const calibrationStandings = ['unknown', 'valid', 'expired'] as const;

/** Whether a device was calibrated at a time: as far as anybody said, or run out. */
export type CalibrationStanding = (typeof calibrationStandings)[number];

/**
 * Judges a time by every calibration that the ledger knows of: valid where one covers it, expired where one had run out by then
 * and none covers it, unknown where none was stated for so early a time. So a later calibration heals no gap before it, save
 * the time that it covers itself.
 */
export function calibrationStanding(
  periods: readonly CalibrationPeriod[],
  time: number,
): CalibrationStanding {
  if (periods.some(({ from = -Infinity, until }) => from <= time && time <= until)) return 'valid';
  return periods.some(({ until }) => until < time) ? 'expired' : 'unknown';
}
