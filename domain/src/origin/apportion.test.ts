import { expect } from 'chai';
import fc from 'fast-check';
import { apportion, sumOf, type Amount } from './apportion.js';

const origins = ['BR', 'CN', 'CO', 'ET', 'KR', 'VN'];
const big = fc.bigInt({ min: 0n, max: 2n ** 80n });
const weights = fc
  .record(
    Object.fromEntries(origins.map((origin) => [origin, fc.oneof(big, fc.bigInt({ min: 0n, max: 9n }))])),
  )
  .map((record) => Object.entries(record).map(([origin, amount]) => ({ origin, amount })))
  .filter((all) => sumOf(all) > 0n);

function of(parts: readonly Amount[]): Readonly<Record<string, number>> {
  return Object.fromEntries(parts.map(({ origin, amount }) => [origin, Number(amount)]));
}

describe('apportion', () => {
  it('gives what is left over to the largest remainders, and among equal ones to the first code', () => {
    const three = [
      { origin: 'VN', amount: 1n },
      { origin: 'CN', amount: 1n },
      { origin: 'KR', amount: 1n },
    ];
    expect(of(apportion(100n, three))).to.deep.equal({ CN: 34, KR: 33, VN: 33 });
    expect(of(apportion(101n, three))).to.deep.equal({ CN: 34, KR: 34, VN: 33 });
    expect(
      of(
        apportion(10n, [
          { origin: 'CN', amount: 74n },
          { origin: 'VN', amount: 26n },
        ]),
      ),
    ).to.deep.equal({
      CN: 7,
      VN: 3,
    });
  });

  it('leaves out who gets nothing, and divides nothing into nothing', () => {
    const uneven = [
      { origin: 'CN', amount: 999n },
      { origin: 'VN', amount: 1n },
    ];
    expect(of(apportion(1n, uneven))).to.deep.equal({ CN: 1 });
    expect(apportion(0n, [])).to.deep.equal([]);
    expect(() => apportion(1n, [{ origin: 'CN', amount: 0n }])).to.throw(RangeError);
  });

  it('adds up to the total, stays within one unit of each quota, and within the weights where they suffice', () => {
    fc.assert(
      fc.property(weights, big, (all, total) => {
        const sum = sumOf(all);
        const parts = new Map(apportion(total, all).map(({ origin, amount }) => [origin, amount]));
        expect(sumOf([...parts].map(([origin, amount]) => ({ origin, amount })))).to.equal(total);
        for (const { origin, amount } of all) {
          const part = parts.get(origin) ?? 0n;
          const distance = part * sum - total * amount;
          expect(distance > -sum && distance < sum, origin).to.equal(true);
          if (total <= sum) expect(part <= amount, origin).to.equal(true);
        }
      }),
    );
  });

  it('depends on no order', () => {
    const shuffled = weights.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, big, ([all, other], total) => {
        expect(apportion(total, other)).to.deep.equal(apportion(total, all));
      }),
    );
  });
});
