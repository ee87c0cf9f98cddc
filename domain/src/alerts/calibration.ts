import { calibrationStanding } from '../device/calibration.js';
import { pathToStatement, type Alert, type KeyHistory } from './alert.js';

/** What a device measured when its last calibration had run out, by the time that it says itself. No tolerance: the owner set the day. */
export function calibrationAlerts({ key, statements }: KeyHistory): readonly Alert[] {
  return statements.flatMap((statement) => {
    const { eventTime: time, kid, at } = statement;
    if (time === undefined || calibrationStanding(key.calibrations, time) !== 'expired') return [];
    const ended = Math.max(...key.calibrations.map(({ until }) => until).filter((until) => until < time));
    return [
      {
        kind: 'out_of_calibration',
        subject: kid,
        at,
        path: pathToStatement(statement),
        details: { milliseconds: time - ended },
      },
    ];
  });
}
