import { expect } from 'chai';
import { fact, HOUR, keyFact, timeOf } from '../facts/testing/facts.js';
import { lateCaptureAlerts } from './clock.js';
import { defaultTolerances, tolerancesAlong } from './tolerances.js';

const at = (block: number, position = 0) => ({ block, position, item: 0 });

describe('tolerancesAlong', () => {
  const along = tolerancesAlong([
    { from: at(5, 1), values: { lateHours: 1 } },
    { from: at(9), values: { lateHours: 2 } },
  ]);

  it('gives what was in force at a place: from behind the transaction that changed it', () => {
    const hours = [at(0), at(5), at(5, 1), at(5, 2), at(8), at(9, 1)].map(
      (position) => along(position).lateCapture / HOUR,
    );
    expect(hours).to.deep.equal([24, 24, 24, 1, 1, 2]);
    expect(tolerancesAlong([])(at(3))).to.equal(defaultTolerances);
  });

  it('leaves what was no alert none, and judges what comes later by the new value', () => {
    const late = (seq: number, block: number) => fact(seq, block, { eventTime: timeOf(block) - 90 * 60_000 });
    const history = { key: keyFact(), statements: [late(1, 2), late(2, 7), late(3, 12)] };
    const found = lateCaptureAlerts(history, along).map((alert) => alert.at.block);
    expect(found).to.deep.equal([7]);
  });
});
