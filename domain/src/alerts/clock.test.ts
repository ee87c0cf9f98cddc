import { expect } from 'chai';
import { fact, HOUR, keyFact, timeOf } from '../facts/testing/facts.js';
import { alerts, at, story } from './testing/found-alerts.js';

describe('clocks and silence', () => {
  it('finds what reached the ledger too long after its time', () => {
    const statements = [fact(1, 30, { eventTime: timeOf(6) }), fact(2, 31, { eventTime: timeOf(6) })];
    expect(alerts({ statements }, 31).map(({ kind, details }) => [kind, details])).to.deep.equal([
      ['late_capture', { milliseconds: 25 * HOUR }],
    ]);
  });

  it('finds a clock that is ahead of the ledger, and one that goes back', () => {
    const ahead = fact(1, 1, { eventTime: timeOf(1) + HOUR });
    const back = fact(2, 2, { eventTime: timeOf(1) });
    expect(alerts({ statements: [ahead, back] }).map(({ kind, details }) => [kind, details])).to.deep.equal([
      ['clock_drift', { ahead: HOUR }],
      ['clock_drift', { back: HOUR }],
    ]);
    expect(story({ statements: [ahead, back] })[1]).to.equal('clock_drift key: key < key/2 < key/1');
  });

  it('finds what was measured when the calibration had run out, by the time that the device says', () => {
    const calibrations = [{ until: timeOf(1) }, { from: timeOf(3), until: timeOf(9) }];
    const statements = [fact(1, 1), fact(2, 2), fact(3, 3), fact(4, 4, { eventTime: timeOf(2) })];
    const found = alerts({ keys: [keyFact({ calibrations })], statements });
    expect(
      found.flatMap(({ kind, subject, at, path, details }) =>
        kind === 'out_of_calibration' ? [{ subject, block: at.block, path, details }] : [],
      ),
    ).to.deep.equal(
      [2, 4].map((seq) => ({
        subject: 'key',
        block: seq,
        path: [
          { what: 'device', id: 'key' },
          { what: 'statement', id: `key/${String(seq)}` },
        ],
        details: { milliseconds: timeOf(2) - timeOf(1) },
      })),
    );
  });

  it('hears the silence of a device that should report, between two reports and now', () => {
    const statements = [fact(1, 1), fact(2, 50, { eventTime: timeOf(50) })];
    expect(alerts({ statements }, 100).map(({ details }) => details)).to.deep.equal([
      { milliseconds: 49 * HOUR, ongoing: false },
      { milliseconds: 50 * HOUR, ongoing: true },
    ]);
    const moved = fact(2, 50, { things: ['urn:epc:id:bic:TCLU4265727'], consignments: [] });
    expect(alerts({ statements: [fact(1, 1), moved] }, 60)).to.deep.equal([]);
    const keys = [keyFact({ kind: 'plate_reader' })];
    expect(alerts({ keys, statements }, 100)).to.deep.equal([]);
    expect(alerts({ keys: [keyFact({ revoked: at(51) })], statements }, 100)).to.have.length(1);
  });
});
