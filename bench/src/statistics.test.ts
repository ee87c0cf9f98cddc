import { expect } from 'chai';
import fc from 'fast-check';

import { percentile, ratios, spread } from './statistics.js';

describe('statistics of a benchmark', () => {
  it('takes the middle of an odd number of rounds, and the mean of the middle two of an even one', () => {
    expect(spread([9, 1, 5])).to.deep.equal({ median: 5, least: 1, most: 9, rounds: 3 });
    expect(spread([10, 2, 4, 8]).median).to.equal(6);
  });

  it('compares round by round, not the medians', () => {
    expect(ratios([10, 30, 20], [5, 10, 40])).to.deep.equal({ median: 2, least: 0.5, most: 3, rounds: 3 });
  });

  it('refuses rounds that only one side has, and no rounds at all', () => {
    expect(() => ratios([1, 2], [1])).to.throw(RangeError);
    expect(() => spread([])).to.throw(RangeError);
    expect(() => percentile([], 0.5)).to.throw(RangeError);
  });

  it('lays a percentile between its neighbours', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).to.equal(2.5);
    expect(percentile([1, 2, 3, 4, 5], 0.95)).to.be.closeTo(4.8, 1e-12);
  });

  it('keeps every percentile within the values, and growing', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (measured, a, b) => {
        const [low, high] = [percentile(measured, Math.min(a, b)), percentile(measured, Math.max(a, b))];
        expect(low).to.be.at.least(Math.min(...measured));
        expect(high).to.be.at.most(Math.max(...measured));
        expect(low).to.be.at.most(high + 1e-9);
      }),
    );
  });
});
