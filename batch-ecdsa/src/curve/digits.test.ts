import { expect } from 'chai';
import fc from 'fast-check';
import { N, toLimbs } from '../field/limbs.js';
import { oddDigits, windowsOf } from './digits.js';

describe('odd digits of a scalar', () => {
  for (const bits of [4, 7, 8, 10, 12]) {
    it(`add up to it, ${String(bits)} bits each`, () => {
      const windows = windowsOf(bits);
      const digits = new Uint16Array(windows.count);
      const odd = fc.oneof(
        fc.bigInt({ min: 0n, max: 2n ** 255n - 1n }).map((half) => 2n * half + 1n),
        fc.constantFrom(1n, 3n, N - 2n, N, 2n ** 256n - 1n, 2n ** 255n + 1n, 2n ** 29n - 1n, 2n ** 29n + 1n),
      );
      fc.assert(
        fc.property(odd, (scalar) => {
          oddDigits(Uint32Array.from(toLimbs(scalar)), windows, digits);
          const sum = digits.reduce((total, digit, window) => {
            const index = digit >> 1;
            expect(index).to.be.below(windows.multiples);
            const value = BigInt(2 * index + 1) << BigInt(bits * window);
            return digit % 2 === 1 ? total - value : total + value;
          }, 0n);
          expect(sum).to.equal(scalar);
        }),
      );
    });
  }
});
