import { expect } from 'chai';
import { calibrationPeriods, calibrationStanding } from './calibration.js';
import { DeviceLife, partyCaller } from '../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');
const day = (number: number): string => new Date(Date.UTC(2025, 5, number)).toISOString();

function calibration(from: number, until: number): { calibratedAt: string; calibratedUntil: string } {
  return { calibratedAt: day(from), calibratedUntil: day(until) };
}

describe('RecordCalibration', () => {
  it('keeps the newest calibration with its certificate, and hands both to the next key', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    const before = life.get();
    const certificate = 'ab'.repeat(32);
    const result = life.act(owner, 'RecordCalibration', { kid, ...calibration(1, 60), certificate });
    expect(result).to.deep.equal({ kid, calibratedUntil: day(60) });
    const recordedAt = life.world.now();
    const expected = {
      calibratedUntil: day(60),
      calibration: { calibratedAt: day(1), certificate, recordedAt },
    };
    expect(life.get()).to.deep.equal({ ...before, ...expected });
    life.act(owner, 'RecordCalibration', { kid, ...calibration(50, 110) });
    expect(life.get()).to.deep.include({
      calibratedUntil: day(110),
      calibration: { calibratedAt: day(50), recordedAt: life.world.now() },
    });
  });

  it('shortens nothing, and takes no calibration that is older or of the future', () => {
    const life = new DeviceLife();
    const refusal = (from: number, until: number): string =>
      life.refusal(owner, 'RecordCalibration', calibration(from, until));
    expect(refusal(3, 3)).to.equal('INVALID_FIELD');
    expect(refusal(900, 990)).to.equal('INVALID_FIELD');
    life.act(owner, 'RecordCalibration', { kid: life.device.kid, ...calibration(10, 60) });
    expect(refusal(11, 60)).to.equal('CALIBRATION_OLDER');
    expect(refusal(11, 59)).to.equal('CALIBRATION_OLDER');
    expect(refusal(9, 61)).to.equal('CALIBRATION_OLDER');
    life.act(owner, 'RecordCalibration', { kid: life.device.kid, ...calibration(10, 61) });
  });

  it('is the word of the owner, of a suspended key as well, but not of one that is done', () => {
    const life = new DeviceLife();
    expect(life.refusal(stranger, 'RecordCalibration', calibration(1, 2))).to.equal('NOT_OWNER');
    expect(life.refusal(owner, 'RecordCalibration', { kid: 'A'.repeat(43), ...calibration(1, 2) })).to.equal(
      'DEVICE_UNKNOWN',
    );
    life.suspend(owner);
    life.act(owner, 'RecordCalibration', { kid: life.device.kid, ...calibration(1, 2) });
    expect(life.get()?.status).to.equal('suspended');
    life.revoke();
    expect(life.refusal(owner, 'RecordCalibration', calibration(2, 3))).to.equal('DEVICE_REVOKED');
  });
});

describe('calibrationStanding', () => {
  const periods = [{ until: 10 }, { from: 20, until: 30 }, { from: 25, until: 40 }];

  it('is valid in each period with both its ends, and expired in each gap that no later one covers', () => {
    const standings = [0, 10, 11, 19, 20, 30, 31, 40, 41].map((time) => calibrationStanding(periods, time));
    expect(standings).to.deep.equal([
      'valid',
      'valid',
      'expired',
      'expired',
      'valid',
      'valid',
      'valid',
      'valid',
      'expired',
    ]);
  });

  it('is unknown where nobody said anything, or not for so early a time', () => {
    expect(calibrationStanding([], 5)).to.equal('unknown');
    expect(calibrationStanding([{ from: 20, until: 30 }], 19)).to.equal('unknown');
  });

  it('reads each period of the records once', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    const records = [life.get()];
    for (const [from, until] of [
      [1, 30],
      [40, 90],
    ] as const) {
      life.act(owner, 'RecordCalibration', { kid, ...calibration(from, until) });
      records.push(life.get());
    }
    life.suspend(owner);
    records.push(life.get());
    const known = records.flatMap((record) => (record ? [record] : []));
    expect(calibrationPeriods(known)).to.deep.equal([
      { from: Date.parse(day(1)), until: Date.parse(day(30)) },
      { from: Date.parse(day(40)), until: Date.parse(day(90)) },
    ]);
    const [registered] = known;
    expect(registered && calibrationPeriods([{ ...registered, calibratedUntil: day(2) }])).to.deep.equal([
      { until: Date.parse(day(2)) },
    ]);
  });
});
