import { expect } from 'chai';
import fc from 'fast-check';
import { inSmallestUnits, isIn } from './stated-quantity.js';

describe('a quantity that an event states', () => {
  for (const [quantity, decimals, units] of [
    [12.5, 3, 12500],
    [0.1, 1, 1],
    [0.3, 3, 300],
    [1.005, 3, 1005],
    [1e-7, 9, 100],
    [1e-7, 6, undefined],
    [2.5e-10, 11, 25],
    [-12, 0, undefined],
    [NaN, 0, undefined],
    [Infinity, 0, undefined],
    [12, 0, 12],
    [1e21, 0, undefined],
    [9007199254740991, 0, 9007199254740991],
    [9007199254740991, 1, undefined],
    [0.0005, 3, undefined],
    [1200, 0, 1200],
    [0, 3, undefined],
  ] as const) {
    it(`${String(quantity)} with ${String(decimals)} decimals is ${String(units)} of the smallest unit`, () => {
      expect(inSmallestUnits(quantity, decimals)).to.equal(units);
    });
  }

  it('is the same number, whatever the decimals', () => {
    const units = fc.integer({ min: 1, max: 999_999_999_999 });
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 9 }), (whole, decimals) => {
        const text = String(whole).padStart(decimals + 1, '0');
        const point = text.length - decimals;
        const written = Number(`${text.slice(0, point)}.${text.slice(point)}0`);
        expect(inSmallestUnits(written, decimals)).to.equal(whole);
      }),
    );
  });

  it('is in the unit of a lot, or counts pieces', () => {
    expect(isIn({ quantity: 1, uom: 'KGM' }, { uom: 'KGM', decimals: 3 })).to.equal(true);
    expect(isIn({ quantity: 1, uom: 'GRM' }, { uom: 'KGM', decimals: 3 })).to.equal(false);
    expect(isIn({ quantity: 1 }, { uom: 'KGM', decimals: 3 })).to.equal(false);
    for (const uom of ['EA', 'H87', 'C62'])
      expect(isIn({ quantity: 1 }, { uom, decimals: 0 })).to.equal(true);
  });
});
